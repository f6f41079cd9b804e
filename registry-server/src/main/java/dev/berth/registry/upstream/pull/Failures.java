package dev.berth.registry.upstream.pull;

import dev.berth.registry.upstream.mirror.Mirror;
import dev.berth.registry.upstream.mirror.MirroredRepository;
import dev.berth.registry.upstream.mirror.NegativeCache;
import dev.berth.registry.upstream.mirror.RecentFailures;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures that this registry causes itself, and how failures are recorded. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    static final UpstreamFailure PAUSED =
            new UpstreamFailure.Missing("the mirror is paused, and this image isn't stored here");
    static final UpstreamFailure ENDING = new UpstreamFailure.Unreachable("this registry is stopping");

    private Failures() {}

    static UpstreamFailure notChosen(MirroredRepository repository) {
        return new UpstreamFailure.Missing("it isn't among the images that the mirror "
                + repository.mirror().settings().name() + " is told to keep");
    }

    static UpstreamFailure slow(Mirror mirror) {
        return new UpstreamFailure.Unreachable(mirror.settings().upstream() + " is slow to answer");
    }

    /** The upstream sent the image, but this registry could not store it. */
    static UpstreamFailure notStored(Mirror mirror, String image, RuntimeException why) {
        LOG.warn("The mirror {} can't store {}: {}", mirror.settings().name(), image, why.getMessage());
        return new UpstreamFailure.Unreachable("this registry can't store it: " + why.getMessage());
    }

    static UpstreamException malformed(String sentence) {
        return new UpstreamException(new UpstreamFailure.Malformed(sentence));
    }

    /**
     * Adds a failure to the recent failures of the mirror. An image that the upstream does not have is a client's mistake and not added.
     */
    static void note(Mirror mirror, String image, UpstreamFailure why, Clock clock) {
        if (!(why instanceof UpstreamFailure.Missing)) {
            var next = mirror.client()
                    .leftAloneUntil()
                    .orElseGet(() -> clock.instant().plus(NegativeCache.LIFE));
            mirror.failures().add(new RecentFailures.Failure(image, why, next));
        }
    }
}
