package dev.berth.registry.upstream.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a scheduled mirror is, for status and metrics.
 *
 * @param running  whether it copies now
 * @param started  when the last sync began
 * @param done     tags of `total` that are here as they are wanted
 * @param bytes    fetched since then
 * @param request  the last wish to sync now that was acted on
 * @param waiting  what is to be tried again
 * @param failures the newest first, at most ten
 */
public record SyncStatus(
        boolean running,
        Optional<Instant> started,
        Optional<Instant> lastSuccess,
        long done,
        long total,
        long bytes,
        long bytesPerSecond,
        String request,
        long waiting,
        List<Failure> failures) {

    public SyncStatus {
        failures = List.copyOf(failures);
    }

    /** Something that couldn't be copied. */
    public record Failure(String image, String reason, String message, Instant nextTry) {}
}
