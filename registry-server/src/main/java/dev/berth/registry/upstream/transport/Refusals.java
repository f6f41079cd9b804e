package dev.berth.registry.upstream.transport;

import java.net.http.HttpResponse;
import java.time.Instant;

/** The meaning of an answer with another status than 200. */
public final class Refusals {
    private Refusals() {}

    /**
     * Turns the status into a failure.
     *
     * @param who  the server that answered, for the sentence
     * @param what the request asked for, for the sentence
     */
    public static UpstreamFailure of(HttpResponse<?> answer, String who, String what, Instant now) {
        var status = answer.statusCode();
        return switch (status) {
            case 401 -> new UpstreamFailure.Unauthorized(who + " asks for (other) credentials for " + what);
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
