package dev.berth.protocol.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.protocol.document.OrEmpty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The status of one mirror as its server reports it. Times are in ISO 8601, such as `2026-11-24T12:00:00Z`.
 *
 * @param mode `OnDemand`, `Scheduled`, or the word of a newer server
 * @param reachable whether the upstream answered the last request; empty, or true without `lastContact`, before the
 *     first request
 * @param reason why it did not answer, in one word; empty if it did
 * @param lastContact when it answered last
 * @param counts how much is stored
 * @param full whether the mirror stores as much as its quota allows
 * @param requests the number of answered requests, by source: `hit`, `miss` …
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
        name = OrEmpty.text(name);
        upstream = OrEmpty.text(upstream);
        mode = OrEmpty.text(mode);
        reason = OrEmpty.text(reason);
        message = OrEmpty.text(message);
        requests = requests == null ? Map.of() : requests;
        failures = OrEmpty.list(failures);
    }

    /** How much is stored. */
    public record Counts(long repositories, long tags) {}

    /**
     * The current or the last copy.
     *
     * @param done tags of `total` that are copied
     * @param waiting the number of tags to try again
     * @param bytes fetched since the start of the copy
     * @param request the last handled request to copy at once; empty before the first
     * @param next when it copies next; empty while it copies or is paused, and from servers that do not say it
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
            String request,
            Optional<String> next) {
        public Sync {
            request = OrEmpty.text(request);
        }
    }

    /** An image that could not be fetched. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Failure(String image, String reason, String message, Optional<String> nextTry) {
        public Failure {
            image = OrEmpty.text(image);
            reason = OrEmpty.text(reason);
            message = OrEmpty.text(message);
        }
    }

    /**
     * The report without values that change all the time, so that reports with the same content are equal. An
     * upstream that is reported as reachable and has never answered counts as not asked.
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
