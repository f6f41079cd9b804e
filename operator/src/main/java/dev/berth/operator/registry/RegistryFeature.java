package dev.berth.operator.registry;

import dev.berth.operator.condition.Finding;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/**
 * An addition to a Registry beyond its children, with a condition of its own in the status. Another package implements it, and `main`
 * hands it to the reconciler.
 *
 * <p>Any thread; calls for one Registry do not overlap.
 */
public interface RegistryFeature {
    /** The event sources that wake the reconciler for this feature. Called once, at the start. */
    List<EventSource<?, Registry>> eventSources(EventSourceContext<Registry> context);

    /**
     * Does the work for a Registry whose children were applied, and returns the condition. Called in each reconciliation, so it writes only
     * what differs. If it throws an exception, the reconciler logs it, keeps the condition as it was and tries again.
     */
    Finding reconcile(Registry registry, Context<Registry> context);
}
