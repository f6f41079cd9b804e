package dev.berth.operator.mirror;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of one of its mirrors at `/status`. Keys that aren't known are passed over: servers may be newer than
 * the operator.
 *
 * @param reachable whether the upstream answered when it was asked last; null, or true without a contact, while it hasn't been asked
 * @param reason one word that says why not
 * @param lastContact when it answered last
 * @param full whether it keeps as much as it may
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record MirrorReport(
        String name,
        @Nullable Boolean reachable,
        String reason,
        String message,
        @Nullable String lastContact,
        @Nullable Counts counts,
        @Nullable Sync sync,
        List<Failure> failures,
        boolean full) {

    private static final int LONGEST = 1024;

    MirrorReport {
        reason = cut(reason);
        message = cut(message);
        failures = failures == null ? List.of() : List.copyOf(failures);
    }

    /** Without the time, which each answer moves on: one that says nothing new is equal to the one before. */
    private MirrorReport atRest() {
        var never = lastContact == null && Boolean.TRUE.equals(reachable);
        return new MirrorReport(name, never ? null : reachable, reason, message, null, counts, sync, failures, full);
    }

    /** Whatever answers in a server's place may say much; a status stays small. */
    private static String cut(@Nullable String text) {
        return text == null ? "" : text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    /** How much of the upstream is kept. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Counts(long repositories, long tags) {}

    /**
     * The copying that goes on, or the last one.
     *
     * @param request the value of {@link MirrorEntry#SYNC_NOW} that was acted on last
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Sync(
            boolean running,
            @Nullable String started,
            @Nullable String lastSuccess,
            long done,
            long total,
            long bytes,
            long bytesPerSecond,
            @Nullable String request) {

        Sync {
            started = Optional.ofNullable(started).map(MirrorReport::cut).orElse(null);
            lastSuccess =
                    Optional.ofNullable(lastSuccess).map(MirrorReport::cut).orElse(null);
            request = Optional.ofNullable(request).map(MirrorReport::cut).orElse(null);
        }
    }

    /** An image that could not be fetched. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Failure(
            String image,
            String reason,
            String message,
            @Nullable String nextTry) {
        Failure {
            image = cut(image);
            reason = cut(reason);
            message = cut(message);
            nextTry = Optional.ofNullable(nextTry).map(MirrorReport::cut).orElse(null);
        }
    }

    /** The part of `/status` that is about mirrors. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Page(List<MirrorReport> mirrors) {
        Page {
            mirrors = mirrors == null ? List.of() : List.copyOf(mirrors);
        }

        Optional<MirrorReport> about(String name) {
            return mirrors.stream()
                    .filter(report -> name.equals(report.name()))
                    .findFirst()
                    .map(MirrorReport::atRest);
        }
    }
}
