package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After an upgrade of the operator, the servers of all Registries are to be replaced: one after the other, not all at once. A Registry
 * takes its turn before its StatefulSet is changed, and ends it when its new server serves. One whose new server does not come up
 * keeps the turn for {@link #LONGEST_TURN}, and then the next one has it. Any thread.
 */
public final class UpgradeTurns extends AbstractEventSource<Object, Registry> implements ResourceEventAware<Registry> {

    static final Duration LONGEST_TURN = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(UpgradeTurns.class);
    private static final long LOOK_SECONDS = 15;

    private final InstantSource clock;
    private final Set<ResourceID> waiting = new LinkedHashSet<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("upgrade-turns").factory());
    private Optional<ResourceID> turn = Optional.empty();
    private Instant began = Instant.MIN;

    public UpgradeTurns(InstantSource clock) {
        super(Object.class, "upgradeturns");
        this.clock = clock;
    }

    @Override
    public void start() {
        super.start();
        var _ = timer.scheduleWithFixedDelay(this::wakeNext, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        super.stop();
        timer.shutdownNow();
    }

    @Override
    public Set<Object> getSecondaryResources(Registry registry) {
        return Set.of();
    }

    /** A change of an annotation alone wakes nobody; the end of a pause lets an upgrade go on. */
    @Override
    public void onResourceUpdated(Registry now, Registry before) {
        if (isRunning() && PausedRegistry.is(now) != PausedRegistry.is(before)) {
            getEventHandler().handleEvent(new Event(ResourceID.fromResource(now)));
        }
    }

    @Override
    public void onResourceDeleted(Registry registry) {
        var id = ResourceID.fromResource(registry);
        stopWaiting(id);
        end(id);
    }

    private synchronized void stopWaiting(ResourceID registry) {
        waiting.remove(registry);
    }

    /** Whether it is this registry's turn; if not, it waits in line and is woken. */
    synchronized boolean take(ResourceID registry) {
        if (turn.filter(registry::equals).isPresent()) {
            return true;
        }
        if (turn.isPresent() && !isOverdue()) {
            waiting.add(registry);
            return false;
        }
        turn.ifPresent(stuck -> log.warn(
                "the new server of Registry {} has not come up in {}; going on with others", stuck, LONGEST_TURN));
        waiting.remove(registry);
        turn = Optional.of(registry);
        began = clock.instant();
        return true;
    }

    /** Whether a registry has the turn. */
    synchronized boolean isOf(ResourceID registry) {
        return turn.filter(registry::equals).isPresent();
    }

    /** Ends the turn of a registry, if it has it, and wakes the next one. A registry that waits goes on waiting: its old server serves. */
    void end(ResourceID registry) {
        synchronized (this) {
            if (turn.filter(registry::equals).isEmpty()) {
                return;
            }
            turn = Optional.empty();
        }
        wakeNext();
    }

    private void wakeNext() {
        Optional<ResourceID> next;
        synchronized (this) {
            next = turn.isEmpty() || isOverdue() ? waiting.stream().findFirst() : Optional.empty();
            next.ifPresent(waiting::remove); // it stands in line again if it is woken in vain
        }
        if (isRunning()) {
            next.ifPresent(registry -> getEventHandler().handleEvent(new Event(registry)));
        }
    }

    private boolean isOverdue() {
        return began.plus(LONGEST_TURN).isBefore(clock.instant());
    }
}
