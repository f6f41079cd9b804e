package dev.berth.registry.upstream.mirror;

import dev.berth.registry.upstream.client.UpstreamException;
import dev.berth.registry.upstream.client.UpstreamFailure;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures that arise here, and how all of them are noted. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

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

    /** The upstream gave it, and this registry has no room for it, or another fault of its storage. */
    static UpstreamFailure notStored(Mirror mirror, String image, RuntimeException why) {
        LOG.warn(
                "{} of the mirror {} can't be stored: {}",
                image,
                mirror.settings().name(),
                why.getMessage());
        return new UpstreamFailure.Unreachable("it can't be stored here: " + why.getMessage());
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
