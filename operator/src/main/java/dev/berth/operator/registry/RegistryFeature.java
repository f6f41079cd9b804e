package dev.berth.operator.registry;

import dev.berth.operator.condition.Finding;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/**
 * Something that a registry has beyond its own children, with a condition of its own in the status. The room that serves
 * it implements this, and `main` hands it to the reconciler, which knows no more of it.
 *
 * <p>Called from many threads at once, for one registry never from two.
 */
public interface RegistryFeature {

    /** What wakes the reconciler on this feature's behalf; asked once, at start. */
    List<EventSource<?, Registry>> eventSources(EventSourceContext<Registry> context);

    /**
     * Does what is to be done for a registry whose children are applied, and says how it stands. Called on each
     * reconciliation: writes only what differs. When it throws, that is logged and tried again, and
     * its condition stays as it was.
     */
    Finding reconcile(Registry registry, Context<Registry> context);
}
