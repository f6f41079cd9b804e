package dev.berth.registry.upstream.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The progress of a scheduled mirror, for status and metrics.
 *
 * @param running  whether a sync is running
 * @param started  when the last sync began
 * @param done     the number of wanted tags that are copied, out of `total`
 * @param bytes    bytes that were fetched since then
 * @param request  the last request to sync now that a sync has answered
 * @param waiting  the number of images that will be tried again
 * @param next     when the mirror copies next; empty while it copies, and if it is paused
 * @param failures the latest failures, the newest first, at most ten
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
        Optional<Instant> next,
        List<Failure> failures) {
    public SyncStatus {
        failures = List.copyOf(failures);
    }

    /** An image that could not be copied. */
    public record Failure(String image, String reason, String message, Instant nextTry) {}
}
