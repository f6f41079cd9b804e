package dev.berth.protocol.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server says of one of its mirrors. Times are in ISO 8601, as `2026-11-24T12:00:00Z`.
 *
 * @param mode `OnDemand`, `Scheduled`, or the word of a newer server
 * @param reachable whether the upstream answered when it was asked last; empty, or true without a contact, while it hasn't been asked
 * @param reason one word that says why not; empty when it answered
 * @param lastContact when it answered last
 * @param counts how much of the upstream is kept
 * @param full whether it keeps as much as it may
 * @param requests how many were answered, by where from: `hit`, `miss` …
 * @param sync of a scheduled mirror
 * @param limitRemaining how many requests the upstream still allows
 * @param failures the newest few
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record MirrorReport(
        String name,
        String upstream,
        String mode,
        boolean paused,
        Optional<Boolean> reachable,
        String reason,
        String message,
        Optional<String> lastContact,
        Optional<Counts> counts,
        long storedBytes,
        boolean full,
        Map<String, Long> requests,
        Optional<Sync> sync,
        Optional<Long> limitRemaining,
        List<Failure> failures) {

    public MirrorReport {
        name = ServerReport.text(name);
        upstream = ServerReport.text(upstream);
        mode = ServerReport.text(mode);
        reason = ServerReport.text(reason);
        message = ServerReport.text(message);
        requests = requests == null ? Map.of() : requests;
        failures = ServerReport.list(failures);
    }

    /** How much of an upstream is kept. */
    public record Counts(long repositories, long tags) {}

    /**
     * The copying that goes on, or the last one.
     *
     * @param done tags of `total` that are here as they are wanted
     * @param waiting how many are to be tried again
     * @param bytes fetched since it began
     * @param request the last request to copy at once that was acted on; empty before the first
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Sync(
            boolean running,
            Optional<String> started,
            Optional<String> lastSuccess,
            long done,
            long total,
            long waiting,
            long bytes,
            long bytesPerSecond,
            String request) {

        public Sync {
            request = ServerReport.text(request);
        }
    }

    /** An image that could not be fetched. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Failure(String image, String reason, String message, Optional<String> nextTry) {

        public Failure {
            image = ServerReport.text(image);
            reason = ServerReport.text(reason);
            message = ServerReport.text(message);
        }
    }

    /**
     * Without what moves on by itself: two reports that say the same are equal. An upstream that is said to answer, but has never answered,
     * counts as not asked.
     */
    public MirrorReport atRest() {
        var neverAsked = lastContact.isEmpty() && reachable.orElse(false);
        return new MirrorReport(
                name,
                upstream,
                mode,
                paused,
                neverAsked ? Optional.empty() : reachable,
                reason,
                message,
                Optional.empty(),
                counts,
                0,
                full,
                Map.of(),
                sync,
                Optional.empty(),
                failures);
    }
}
