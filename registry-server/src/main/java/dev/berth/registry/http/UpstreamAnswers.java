package dev.berth.registry.http;

import dev.berth.registry.upstream.client.UpstreamFailure;
import dev.berth.registry.upstream.mirror.MirroredRepository;
import dev.berth.registry.upstream.mirror.Patience;
import java.time.Duration;

/**
 * How clients are told what another registry said. Whatever is about the image itself is a plain 404, over which runtimes go on to the next
 * host without a word: there they get the upstream's own answer, with credentials if they have some.
 */
final class UpstreamAnswers {
    private UpstreamAnswers() {}

    /** A runtime that says which registry it means will go there itself; who names this one has nowhere else to go. */
    static Patience patience(Request request) {
        return request.parameter("ns").isPresent() ? Patience.WITH_FALLBACK : Patience.WITHOUT_FALLBACK;
    }

    /** @param missing the refusal for what isn't there */
    static Answer of(MirroredRepository repository, UpstreamFailure why, Refusal missing, Object what) {
        var detail = what + ": " + why.sentence();
        return switch (why) {
            case UpstreamFailure.Missing _,
                    UpstreamFailure.Unauthorized _,
                    UpstreamFailure.CredentialsUnreadable _,
                    UpstreamFailure.Refused _ -> missing.answer(detail);
            case UpstreamFailure.Limited(var sentence, var wait) ->
                Refusal.UPSTREAM_LIMITED.answer(sentence).header("Retry-After", seconds(wait));
            case UpstreamFailure.Unreachable _, UpstreamFailure.Malformed _ ->
                Refusal.UPSTREAM_FAILED.answer(repository.mirror().settings().upstream() + ": " + why.sentence());
        };
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
