package dev.berth.operator.server;

import dev.berth.operator.resource.WakingEventSource;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets servers be replaced one after the other after an upgrade of the operator, and not all at once. A Registry takes the turn before its
 * StatefulSet is changed and ends it when its new server is ready. If that server does not become ready within {@link #LONGEST_TURN},
 * the turn goes to the next Registry. Any thread.
 */
public final class UpgradeTurns extends WakingEventSource<Registry> implements ResourceEventAware<Registry> {
    static final Duration LONGEST_TURN = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(UpgradeTurns.class);
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(15);

    private final InstantSource clock;
    private final Set<ResourceID> waiting = new LinkedHashSet<>();
    private Optional<ResourceID> turn = Optional.empty();
    private Instant began = Instant.MIN;

    public UpgradeTurns(InstantSource clock) {
        super("upgradeturns");
        this.clock = clock;
    }

    @Override
    public void start() {
        super.start();
        repeat(this::wakeNext, LOOKS_EVERY, LOOKS_EVERY);
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

    /** Gives the turn to a Registry. Returns false while another has it; then the Registry waits and is woken when its turn comes. */
    synchronized boolean take(ResourceID registry) {
        if (turn.filter(registry::equals).isPresent()) {
            return true;
        }
        if (turn.isPresent() && !isOverdue()) {
            waiting.add(registry);
            return false;
        }
        turn.ifPresent(stuck -> LOG.warn(
                "the new server of Registry {} is not ready after {}; the operator goes on with the next Registry",
                stuck,
                LONGEST_TURN));
        waiting.remove(registry);
        turn = Optional.of(registry);
        began = clock.instant();
        return true;
    }

    /** Whether a Registry has the turn. */
    public synchronized boolean isOf(ResourceID registry) {
        return turn.filter(registry::equals).isPresent();
    }

    /** Ends the turn of a Registry and wakes the next one. Does nothing for a Registry that does not have the turn, even if it waits for it. */
    public void end(ResourceID registry) {
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
            next.ifPresent(waiting::remove); // its reconciliation adds it again if it does not get the turn
        }
        next.ifPresent(this::wake);
    }

    private boolean isOverdue() {
        return began.plus(LONGEST_TURN).isBefore(clock.instant());
    }
}
