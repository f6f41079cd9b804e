package dev.berth.registry.http;

import dev.berth.registry.upstream.client.UpstreamFailure;
import dev.berth.registry.upstream.mirror.Requester;
import dev.berth.registry.upstream.mirror.WaitLimits;
import java.time.Duration;

/**
 * How clients are told what another registry said, or why it wasn't asked. Whatever is about the image itself is a plain 404, over which
 * runtimes go on to the next host without a word: there they get the upstream's own answer, with credentials if they have some.
 */
record UpstreamAnswers(Challenge challenge) {
    /** A runtime that says which registry it means will go there itself; who names this one has nowhere else to go. */
    static Requester requester(Request request) {
        return new Requester(
                !request.caller().isAnonymous(),
                request.exchange().origin() == Origin.OUTSIDE,
                request.parameter("ns").isPresent() ? WaitLimits.WITH_FALLBACK : WaitLimits.WITHOUT_FALLBACK);
    }

    /**
     * The answer to a request for `what`, a reference or a digest.
     *
     * @param missing the refusal for what isn't there
     */
    Answer of(Request request, UpstreamFailure why, Refusal missing, Object what) {
        var detail = what + ": " + why.sentence();
        return switch (why) {
            case UpstreamFailure.Missing _, UpstreamFailure.Unauthorized _, UpstreamFailure.Refused _ ->
                missing.answer(detail);
            case UpstreamFailure.Limited(var sentence, var wait) ->
                Refusal.UPSTREAM_LIMITED.answer(sentence).header("Retry-After", seconds(wait));
            case UpstreamFailure.Unreachable _, UpstreamFailure.CredentialsUnreadable _, UpstreamFailure.Malformed _ ->
                Refusal.UPSTREAM_FAILED.answer(request.upstream() + ": " + why.sentence());
            case UpstreamFailure.LoginNeeded _ -> login(request, what);
            // Not 429, after which some clients wait and ask again here instead of going to the upstream at once.
            case UpstreamFailure.QuotaReached(var sentence) -> Refusal.MIRROR_FULL.answer(sentence);
            case UpstreamFailure.DiskReserved(var sentence) -> Refusal.DISK_RESERVED.answer(sentence);
        };
    }

    private Answer login(Request request, Object what) {
        var scope = "repository:" + request.repository() + ":pull";
        request.exchange().refuse();
        return Refusal.FETCH_NEEDS_LOGIN
                .answer(request.repository() + " " + what)
                .header("WWW-Authenticate", challenge.of(request.exchange(), scope, Challenge.Fault.NONE));
    }

    /**
     * For a list of which nothing is known, though it may hold something: 404 would say that there is none.
     *
     * @param what whose list it is
     */
    Answer ofList(Request request, UpstreamFailure why, Object what) {
        return why instanceof UpstreamFailure.Limited || why instanceof UpstreamFailure.LoginNeeded
                ? of(request, why, Refusal.UPSTREAM_FAILED, what)
                : Refusal.UPSTREAM_FAILED.answer(request.upstream() + ": " + why.sentence());
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
