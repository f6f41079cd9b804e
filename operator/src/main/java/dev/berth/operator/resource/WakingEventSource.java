package dev.berth.operator.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Starts reconciliations for reasons that no informer of the controller sees. It has one thread for the work that finds these reasons,
 * between the start and the stop of the operator. Any thread.
 *
 * @param <P> the custom resource of the controller
 */
public class WakingEventSource<P extends HasMetadata> extends AbstractEventSource<Object, P> {
    private final ScheduledExecutorService worker;

    /** @param name of this event source, unique in its controller, and of its thread */
    protected WakingEventSource(String name) {
        super(Object.class, name);
        this.worker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /** Starts a reconciliation. Does nothing while the operator starts, since it then reconciles every object anyway. */
    protected final void wake(ResourceID id) {
        if (isRunning()) {
            getEventHandler().handleEvent(new Event(id));
        }
    }

    /** Runs work on the thread of this event source, which must have been started. */
    protected final void execute(Runnable work) {
        worker.execute(work);
    }

    /** Runs work again and again on the thread of this event source. An exception would end that, so `work` must not throw one. */
    protected final void repeat(Runnable work, Duration first, Duration pause) {
        var _ = worker.scheduleWithFixedDelay(work, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        super.stop();
        worker.shutdownNow();
    }

    @Override
    public final Set<Object> getSecondaryResources(P primary) {
        return Set.of();
    }
}
