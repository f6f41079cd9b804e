package dev.berth.operator.cache;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;

/**
 * An event source that keeps no object besides those in its {@link CompactStore}, and makes as few of them as it can.
 *
 * <p>The SDK keeps what the operator has applied until the informer reports it. When the informer was quicker than the answer, as it
 * mostly is on a busy machine, the SDK waits for a report that never comes, and keeps the object for good.
 */
public final class CompactEventSource<R extends HasMetadata, P extends HasMetadata> extends InformerEventSource<R, P> {
    private final boolean indexed;

    /**
     * The informers of a kind, which hold their objects in a store. Those of an operator that is limited to namespaces have no such store: there
     * is one informer for each namespace, and each deletes from its store what it does not see in its own namespace.
     */
    public static <R extends HasMetadata> InformerEventSourceConfiguration.Builder<R> informers(
            Class<R> type, ItemStore<R> store, EventSourceContext<?> context) {
        var informers = InformerEventSourceConfiguration.from(type, context.getPrimaryResourceClass());
        return context.getControllerConfiguration().getInformerConfig().watchAllNamespaces()
                ? informers.withItemStore(store)
                : informers;
    }

    public CompactEventSource(InformerEventSourceConfiguration<R> configuration, EventSourceContext<P> context) {
        super(configuration, context);
        this.indexed = configuration.getPrimaryToSecondaryMapper() == null;
    }

    /** Does not fill the SDK's index at the start if there is none. */
    @Override
    public synchronized void start() {
        if (!indexed && configuration().getInformerConfig().getItemStore() instanceof CompactStore<?> store) {
            store.fill(super::start);
        } else {
            super.start();
        }
    }

    /** Ignores the objects of the first list: all primary resources are reconciled after the start anyway. */
    @Override
    public void onAdd(R added) {
        if (isRunning()) {
            super.onAdd(added);
        }
    }

    @Override
    public void handleRecentResourceCreate(ResourceID id, R applied) {
        super.handleRecentResourceCreate(id, applied);
        forgetIfReported(applied);
    }

    @Override
    public void handleRecentResourceUpdate(ResourceID id, R applied, R before) {
        super.handleRecentResourceUpdate(id, applied, before);
        forgetIfReported(applied);
    }

    @SuppressWarnings("ReferenceEquality") // the store returns another object, which it has from the informer
    private void forgetIfReported(R applied) {
        get(ResourceID.fromResource(applied))
                .filter(held -> held != applied && version(held) >= version(applied))
                .ifPresent(reported ->
                        temporaryResourceCache.onAddOrUpdateEvent(ResourceAction.UPDATED, applied, reported));
    }

    private static long version(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }
}
