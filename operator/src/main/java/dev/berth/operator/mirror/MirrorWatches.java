package dev.berth.operator.mirror;

import dev.berth.operator.cache.CompactEventSource;
import dev.berth.operator.cache.CompactStore;
import dev.berth.operator.fence.Fence;
import dev.berth.operator.registry.RegistryLabels;
import dev.berth.operator.registry.RegistryNames;
import dev.berth.operator.registry.ServerAddress;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What wakes a mirror: its registry, the pod of its registry's server, and the other mirrors of that registry. */
final class MirrorWatches {

    private static final String REGISTRIES = "registries";
    private static final String PODS = "pods";
    private static final String SIBLINGS = "siblings";

    /** An index of mirrors by their registry. */
    private static final String BY_REGISTRY = "registry";

    private final EventSourceContext<ImageMirror> context;
    private final Fence fence;

    MirrorWatches(EventSourceContext<ImageMirror> context, Fence fence) {
        this.context = context;
        this.fence = fence;
        context.getPrimaryCache()
                .addIndexer(
                        BY_REGISTRY,
                        mirror -> registriesOf(mirror).stream()
                                .map(ResourceID::toString)
                                .toList());
    }

    EventSource<Registry, ImageMirror> registries() {
        var configuration = InformerEventSourceConfiguration.from(Registry.class, ImageMirror.class)
                .withName(REGISTRIES)
                .withOnUpdateFilter((now, before) -> !ready(now).equals(ready(before)))
                .withItemStore(CompactStore.withoutManagedFields(Registry.class, context.getClient()))
                .withInformerListLimit(CompactStore.PAGE)
                .withSecondaryToPrimaryMapper(
                        fence.mapper("mirrorregistries", registry -> keptBy(ResourceID.fromResource(registry))))
                .withPrimaryToSecondaryMapper((ImageMirror mirror) -> registriesOf(mirror))
                .build();
        return new CompactEventSource<>(configuration, context);
    }

    InformerEventSource<Pod, ImageMirror> pods() {
        var configuration = InformerEventSourceConfiguration.from(Pod.class, ImageMirror.class)
                .withName(PODS)
                .withLabelSelector(RegistryLabels.MANAGED)
                .withOnUpdateFilter((now, before) -> !ServerAddress.of(now).equals(ServerAddress.of(before)))
                .withItemStore(CompactStore.of(Pod.class, context.getClient()))
                .withInformerListLimit(CompactStore.PAGE)
                .withSecondaryToPrimaryMapper(fence.mapper("mirrorpods", this::mirrorsOfServer))
                .withPrimaryToSecondaryMapper((ImageMirror mirror) -> Set.of())
                .build();
        return new CompactEventSource<>(configuration, context);
    }

    /** When an older mirror of the same upstream goes, the next one has its turn. */
    EventSource<ImageMirror, ImageMirror> siblings() {
        var configuration = InformerEventSourceConfiguration.from(ImageMirror.class, ImageMirror.class)
                .withName(SIBLINGS)
                .withOnUpdateFilter((now, before) -> now.isMarkedForDeletion() != before.isMarkedForDeletion())
                .withItemStore(CompactStore.withoutManagedFields(ImageMirror.class, context.getClient()))
                .withInformerListLimit(CompactStore.PAGE)
                .withSecondaryToPrimaryMapper(fence.mapper("mirrorsiblings", this::siblingsOf))
                .withPrimaryToSecondaryMapper((ImageMirror mirror) -> Set.of())
                .build();
        return new CompactEventSource<>(configuration, context);
    }

    static ResourceID podOf(ImageMirror mirror) {
        var registry = namesOf(mirror);
        return new ResourceID(registry.pod(), registry.namespace());
    }

    static RegistryNames namesOf(ImageMirror mirror) {
        return new RegistryNames(
                mirror.getMetadata().getNamespace(),
                mirror.getSpec().registryRef().name());
    }

    /** The registry that a mirror names; none that is on its way out. */
    static Optional<Registry> registryOf(ImageMirror mirror, Context<ImageMirror> context) {
        var source = (InformerEventSource<Registry, ImageMirror>)
                context.eventSourceRetriever().getEventSourceFor(Registry.class, REGISTRIES);
        return source.get(Rivals.registryOf(mirror)).filter(registry -> !registry.isMarkedForDeletion());
    }

    /**
     * A mirror and all others of its namespace, as the informer has them that wakes it when one of them goes: that of the mirrors' controller may still have
     * the one that is gone, and nothing would wake it again.
     */
    static List<ImageMirror> all(ImageMirror mirror, Context<ImageMirror> context) {
        var source = (InformerEventSource<ImageMirror, ImageMirror>)
                context.eventSourceRetriever().getEventSourceFor(ImageMirror.class, SIBLINGS);
        var id = ResourceID.fromResource(mirror);
        var others = source.byIndex(Cache.NAMESPACE_INDEX, mirror.getMetadata().getNamespace()).stream()
                .filter(other -> !ResourceID.fromResource(other).equals(id));
        return Stream.concat(Stream.of(mirror), others).toList();
    }

    private Set<ResourceID> mirrorsOfServer(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getLabels())
                .flatMap(labels -> Optional.ofNullable(labels.get(RegistryLabels.INSTANCE)))
                .map(name -> keptBy(new ResourceID(name, pod.getMetadata().getNamespace())))
                .orElse(Set.of());
    }

    private Set<ResourceID> siblingsOf(ImageMirror mirror) {
        return mirror.getSpec() == null
                ? Set.of()
                : keptBy(Rivals.registryOf(mirror)).stream()
                        .filter(id -> !id.equals(ResourceID.fromResource(mirror)))
                        .collect(Collectors.toSet());
    }

    private static Set<ResourceID> registriesOf(ImageMirror mirror) {
        return mirror.getSpec() == null ? Set.of() : Set.of(Rivals.registryOf(mirror));
    }

    private Set<ResourceID> keptBy(ResourceID registry) {
        return context.getPrimaryCache().byIndex(BY_REGISTRY, registry.toString()).stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    /** What of a registry shows in its mirrors. */
    private static Object ready(Registry registry) {
        var ready = Optional.ofNullable(registry.getStatus())
                .flatMap(status -> status.condition("Ready"))
                .map(condition -> condition.status() + condition.message());
        return Objects.hash(registry.isMarkedForDeletion(), ready);
    }
}
