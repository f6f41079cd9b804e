package dev.berth.operator.mirror;

import dev.berth.operator.cache.AppliedStatus;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.registry.VerdictEvent;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.ImageMirrorStatus;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Writes a status that says something new, in one patch, with an event for each condition that took another turn. */
final class MirrorPublisher {

    private final Clock clock;

    MirrorPublisher(Clock clock) {
        this.clock = clock;
    }

    /**
     * Publishes what was found out.
     *
     * @return whether the mirror is still the one that was looked at; if not, the caller begins anew
     */
    boolean publish(MirrorSeen seen, List<Finding> findings, Context<ImageMirror> context) {
        var mirror = seen.mirror();
        var now = MirrorStatus.of(seen, findings, clock.instant());
        if (now.equals(seen.before())) {
            return true;
        }
        tell(mirror, Kstatus.READY, seen.before(), now, MirrorReasons.CALM, context);
        tell(mirror, UpstreamCondition.TYPE, seen.before(), now, Set.of(MirrorReasons.NOT_ASKED), context);
        var answer = AppliedStatus.apply(MirrorStatus.patch(mirror, now), context);
        return Objects.equals(
                answer.getMetadata().getGeneration(), mirror.getMetadata().getGeneration());
    }

    private void tell(
            ImageMirror mirror,
            String type,
            ImageMirrorStatus before,
            ImageMirrorStatus now,
            Set<String> calm,
            Context<ImageMirror> context) {
        VerdictEvent.between(before.condition(type), now.condition(type), calm)
                .ifPresent(event -> event.publish(mirror, context.getClient(), clock.instant()));
    }
}
