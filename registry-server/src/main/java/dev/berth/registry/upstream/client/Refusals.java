package dev.berth.registry.upstream.client;

import java.net.http.HttpResponse;
import java.time.Instant;

/** What an answer that isn't a yes means. */
final class Refusals {
    private Refusals() {}

    /**
     * Reads the status.
     *
     * @param who  has answered, for the sentence
     * @param what was asked for
     */
    static UpstreamFailure of(HttpResponse<?> answer, String who, String what, Instant now) {
        var status = answer.statusCode();
        return switch (status) {
            case 401 -> new UpstreamFailure.Unauthorized(who + " wants (other) credentials for " + what);
            case 404 -> new UpstreamFailure.Missing(who + " has no " + what);
            case 429 -> {
                var wait = RetryAfter.of(
                        answer.headers().firstValue("Retry-After"),
                        answer.headers().firstValue("Date"),
                        now);
                yield new UpstreamFailure.Limited(
                        who + " was asked too often; it may be asked again in " + wait.toSeconds() + " s", wait);
            }
            default ->
                status >= 500
                        ? new UpstreamFailure.Unreachable(who + " answers " + status + " when asked for " + what)
                        : status >= 400
                                ? new UpstreamFailure.Refused(who + " refuses " + what + " with " + status)
                                : new UpstreamFailure.Malformed(who + " answers " + status + " when asked for " + what);
        };
    }
}
