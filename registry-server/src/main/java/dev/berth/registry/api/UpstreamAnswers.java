package dev.berth.registry.api;

import dev.berth.registry.api.admission.ApiRequest;
import dev.berth.registry.api.admission.Challenge;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Origin;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.upstream.pull.Requester;
import dev.berth.registry.upstream.pull.WaitLimits;
import dev.berth.registry.upstream.transport.UpstreamFailure;

/**
 * The answers to a request that a mirror could not fulfil. A failure that concerns the image itself is a plain 404: after one, container
 * runtimes go on to the next host, where they get the upstream's own answer.
 */
record UpstreamAnswers(Challenge challenge) {
    /** Describes who asks. A runtime that names the registry in `?ns=` can go there itself, so it waits less long. */
    static Requester requester(ApiRequest request) {
        return new Requester(
                !request.caller().isAnonymous(),
                request.origin() == Origin.OUTSIDE,
                request.parameter("ns").isPresent() ? WaitLimits.WITH_FALLBACK : WaitLimits.WITHOUT_FALLBACK);
    }

    /**
     * The answer to a request for `what`, a reference or a digest.
     *
     * @param missing the refusal for content that does not exist
     */
    Answer of(ApiRequest request, UpstreamFailure why, Refusal missing, Object what) {
        var detail = what + ": " + why.sentence();
        return switch (why) {
            case UpstreamFailure.Missing _, UpstreamFailure.Unauthorized _, UpstreamFailure.Refused _ ->
                missing.answer(detail);
            case UpstreamFailure.Limited(var sentence, var wait) ->
                Refusal.UPSTREAM_LIMITED.answer(sentence).retryAfter(wait);
            case UpstreamFailure.Unreachable _, UpstreamFailure.CredentialsUnreadable _, UpstreamFailure.Malformed _ ->
                Refusal.UPSTREAM_FAILED.answer(request.upstream() + ": " + why.sentence());
            case UpstreamFailure.LoginNeeded _ -> login(request, what);
            // This is no 429: some clients would wait and try here again instead of going to the upstream at once.
            case UpstreamFailure.QuotaReached(var sentence) -> Refusal.MIRROR_FULL.answer(sentence);
            case UpstreamFailure.DiskReserved(var sentence) -> Refusal.DISK_RESERVED.answer(sentence);
        };
    }

    private Answer login(ApiRequest request, Object what) {
        var scope = "repository:" + request.repository() + ":pull";
        request.record().refuse();
        return Refusal.FETCH_NEEDS_LOGIN
                .answer(request.repository() + " " + what)
                .header("WWW-Authenticate", challenge.of(request.exchange(), scope, Challenge.Fault.NONE));
    }

    /**
     * The answer for a list that could not be read from the upstream. It is no 404, which would say that the list is empty.
     *
     * @param what the repository or the digest that the list belongs to
     */
    Answer ofList(ApiRequest request, UpstreamFailure why, Object what) {
        return why instanceof UpstreamFailure.Limited || why instanceof UpstreamFailure.LoginNeeded
                ? of(request, why, Refusal.UPSTREAM_FAILED, what)
                : Refusal.UPSTREAM_FAILED.answer(request.upstream() + ": " + why.sentence());
    }
}
