package dev.berth.operator.registry;

import dev.berth.operator.cache.AppliedStatus;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.condition.Kstatus;
import dev.berth.v1alpha1.Condition;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.RegistryStatus;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** Writes a status that says something new, in one patch, with an event when the verdict is another. */
final class StatusPublisher {

    private final Clock clock;

    StatusPublisher(Clock clock) {
        this.clock = clock;
    }

    /** Says that a registry is paused, and leaves all else as it was said before. */
    boolean publishPaused(Registry registry, Context<Registry> context) {
        var before = registry.getStatus() == null ? RegistryStatus.EMPTY : registry.getStatus();
        return write(
                registry,
                before,
                StatusReport.paused(registry, before, PausedRegistry.finding(registry), clock.instant()),
                context);
    }

    /**
     * Publishes what was found out.
     *
     * @return whether the registry is still the one that was looked at. What a user changes in the moment before the patch,
     *     the SDK takes for a part of the patch, and tells nobody of: so the answer is looked at, and the caller begins anew
     */
    boolean publish(Observed observed, List<Finding> findings, Context<Registry> context) {
        var registry = observed.registry();
        var before = registry.getStatus() == null ? RegistryStatus.EMPTY : registry.getStatus();
        return write(registry, before, StatusReport.of(observed, before, findings, clock.instant()), context);
    }

    /** A Warning when the volume is full, and a word when it has room again; none for a registry that never was full. */
    private void tellOfFullness(
            Registry registry, RegistryStatus before, RegistryStatus now, Context<Registry> context) {
        var full = now.condition(ServerStatus.FULL).filter(Condition::holds).isPresent();
        var wasFull =
                before.condition(ServerStatus.FULL).filter(Condition::holds).isPresent();
        if (full != wasFull) {
            now.condition(ServerStatus.FULL)
                    .map(condition ->
                            new VerdictEvent(full ? "Warning" : "Normal", condition.reason(), condition.message()))
                    .ifPresent(event -> event.publish(registry, context.getClient(), clock.instant()));
        }
    }

    private boolean write(Registry registry, RegistryStatus before, RegistryStatus now, Context<Registry> context) {
        if (now.equals(before)) {
            return true;
        }
        VerdictEvent.between(before.condition(Kstatus.READY), now.condition(Kstatus.READY), RegistryReasons.CALM)
                .ifPresent(event -> event.publish(registry, context.getClient(), clock.instant()));
        tellOfFullness(registry, before, now, context);
        var answer = AppliedStatus.apply(StatusReport.patch(registry, now), context);
        return Objects.equals(
                answer.getMetadata().getGeneration(), registry.getMetadata().getGeneration());
    }
}
