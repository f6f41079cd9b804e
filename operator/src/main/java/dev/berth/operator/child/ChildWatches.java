package dev.berth.operator.child;

import dev.berth.operator.cache.CompactEventSource;
import dev.berth.operator.cache.CompactStore;
import dev.berth.operator.fence.Fence;
import dev.berth.operator.naming.Ownership;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The informers of children: one for each kind, for the objects that Berth made in all namespaces. A change of a child starts a
 * reconciliation of its Registry.
 */
public final class ChildWatches {
    private ChildWatches() {}

    /**
     * The informer of a kind.
     *
     * @param names of a Registry's children of this kind. They follow from the name of the Registry, so no index of them is kept
     */
    public static <R extends HasMetadata> InformerEventSource<R, Registry> of(
            Class<R> type,
            List<Function<RegistryNames, String>> names,
            EventSourceContext<Registry> context,
            Fence fence) {
        var configuration = CompactEventSource.informers(type, CompactStore.of(type, context.getClient()), context)
                .withName(name(type))
                .withLabelSelector(RegistryLabels.MANAGED)
                .withInformerListLimit(CompactStore.PAGE)
                .withSecondaryToPrimaryMapper(fence.mapper(name(type), Ownership::stated))
                .withPrimaryToSecondaryMapper((Registry registry) -> names.stream()
                        .map(name -> new ResourceID(
                                name.apply(RegistryNames.of(registry)),
                                registry.getMetadata().getNamespace()))
                        .collect(Collectors.toSet()))
                .build();
        return new CompactEventSource<>(configuration, context);
    }

    /** The child of a kind and name, without reading any other object. Empty for an object whose labels name another Registry or none. */
    public static <R extends HasMetadata> Optional<R> find(Class<R> type, ResourceID id, Context<Registry> context) {
        var registry = ResourceID.fromResource(context.getPrimaryResource());
        return source(type, context)
                .get(id)
                .filter(object -> Ownership.stated(object).contains(registry));
    }

    /** The running informer of a kind of child. */
    public static <R extends HasMetadata> InformerEventSource<R, Registry> source(
            Class<R> type, Context<Registry> context) {
        return (InformerEventSource<R, Registry>) context.eventSourceRetriever().getEventSourceFor(type, name(type));
    }

    /** Of the event source, and of the place in the metric of faults. */
    private static String name(Class<? extends HasMetadata> type) {
        return type.getSimpleName();
    }
}
