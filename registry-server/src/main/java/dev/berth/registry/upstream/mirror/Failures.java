package dev.berth.registry.upstream.mirror;

import dev.berth.registry.upstream.client.UpstreamException;
import dev.berth.registry.upstream.client.UpstreamFailure;
import java.time.Clock;

/** Failures that arise here, and how all of them are noted. */
final class Failures {
    static final UpstreamFailure PAUSED = new UpstreamFailure.Missing("the mirror is paused, and this isn't stored");
    static final UpstreamFailure ENDING = new UpstreamFailure.Unreachable("this registry is stopping");

    private Failures() {}

    static UpstreamFailure notChosen(MirroredRepository repository) {
        return new UpstreamFailure.Missing("it isn't among the images that the mirror "
                + repository.mirror().settings().name() + " is told to keep");
    }

    static UpstreamFailure slow(Mirror mirror) {
        return new UpstreamFailure.Unreachable(mirror.settings().upstream() + " is slow to answer");
    }

    static UpstreamException malformed(String sentence) {
        return new UpstreamException(new UpstreamFailure.Malformed(sentence));
    }

    /** What isn't there was a slip of somebody's pen, and no failure of the mirror. */
    static void note(Mirror mirror, String image, UpstreamFailure why, Clock clock) {
        if (!(why instanceof UpstreamFailure.Missing)) {
            var next = mirror.client()
                    .leftAloneUntil()
                    .orElseGet(() -> clock.instant().plus(NegativeCache.LIFE));
            mirror.failures().add(new RecentFailures.Failure(image, why, next));
        }
    }
}
