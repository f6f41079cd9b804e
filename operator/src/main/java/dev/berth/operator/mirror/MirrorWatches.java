package dev.berth.operator.mirror;

import dev.berth.operator.cache.CompactEventSource;
import dev.berth.operator.cache.CompactStore;
import dev.berth.operator.fence.Fence;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.poll.ManagementPort;
import dev.berth.operator.poll.PodAddress;
import dev.berth.operator.poll.StatusPoll;
import dev.berth.protocol.status.ServerReport;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.cache.Cache;
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

/**
 * Everything that wakes an ImageMirror, besides a change of its own spec:
 *
 * <ul>
 *   <li>its Registry becomes ready or no longer is ({@link #registries});
 *   <li>the Pod of its Registry's server gets another address ({@link #pods});
 *   <li>the server answers something else about the mirror ({@link MirrorAnswer.Poll});
 *   <li>an older mirror of the same Registry is deleted ({@link #siblings});
 *   <li>a Secret or a ConfigMap in its namespace that a mirror refers to changes, or nodes report something else ({@link MirrorWakeups}).
 * </ul>
 */
public final class MirrorWatches {
    private static final String REGISTRIES = "registries";
    private static final String PODS = "pods";
    private static final String SIBLINGS = "siblings";

    /** The index of mirrors by their Registry. */
    private static final String BY_REGISTRY = "registry";

    private final EventSourceContext<ImageMirror> context;
    private final Fence fence;

    private MirrorWatches(EventSourceContext<ImageMirror> context, Fence fence) {
        this.context = context;
        this.fence = fence;
        context.getPrimaryCache()
                .addIndexer(
                        BY_REGISTRY,
                        mirror -> registriesOf(mirror).stream()
                                .map(ResourceID::toString)
                                .toList());
    }

    /**
     * What the event sources are made from.
     *
     * @param servers what servers say of themselves, and of their mirrors
     */
    public record Sources(ManagementPort<ServerReport> servers, MirrorWakeups wakeups, Fence fence) {}

    /** All event sources of the controller. */
    static List<EventSource<?, ImageMirror>> of(EventSourceContext<ImageMirror> context, Sources sources) {
        var watches = new MirrorWatches(context, sources.fence());
        var pods = watches.pods();
        var question = new MirrorAnswer.Poll(
                mirror -> pods.isRunning() ? pods.get(podOf(mirror)) : Optional.empty(), sources.servers());
        return List.of(
                watches.registries(),
                pods,
                new StatusPoll<>(
                        MirrorAnswer.class,
                        MirrorAnswer.Poll.NAME,
                        context.getPrimaryCache(),
                        question,
                        sources.fence()),
                watches.siblings(),
                sources.wakeups().of(context.getPrimaryCache()));
    }

    private EventSource<Registry, ImageMirror> registries() {
        var configuration = CompactEventSource.informers(
                        Registry.class, CompactStore.withoutManagedFields(Registry.class, context.getClient()), context)
                .withName(REGISTRIES)
                .withOnUpdateFilter((now, before) -> !ready(now).equals(ready(before)))
                .withInformerListLimit(CompactStore.PAGE)
                .withSecondaryToPrimaryMapper(
                        fence.mapper("mirrorregistries", registry -> keptBy(ResourceID.fromResource(registry))))
                .withPrimaryToSecondaryMapper((ImageMirror mirror) -> registriesOf(mirror))
                .build();
        return new CompactEventSource<>(configuration, context);
    }

    private InformerEventSource<Pod, ImageMirror> pods() {
        var configuration = CompactEventSource.informers(
                        Pod.class, CompactStore.of(Pod.class, context.getClient()), context)
                .withName(PODS)
                .withLabelSelector(RegistryLabels.MANAGED)
                .withOnUpdateFilter((now, before) -> !PodAddress.of(now).equals(PodAddress.of(before)))
                .withInformerListLimit(CompactStore.PAGE)
                .withSecondaryToPrimaryMapper(fence.mapper("mirrorpods", this::mirrorsOfServer))
                .withPrimaryToSecondaryMapper((ImageMirror mirror) -> Set.of())
                .build();
        return new CompactEventSource<>(configuration, context);
    }

    /** When an older mirror of the same upstream is deleted, the next one takes its place. */
    private EventSource<ImageMirror, ImageMirror> siblings() {
        var configuration = CompactEventSource.informers(
                        ImageMirror.class,
                        CompactStore.withoutManagedFields(ImageMirror.class, context.getClient()),
                        context)
                .withName(SIBLINGS)
                .withOnUpdateFilter((now, before) -> now.isMarkedForDeletion() != before.isMarkedForDeletion())
                .withInformerListLimit(CompactStore.PAGE)
                .withSecondaryToPrimaryMapper(fence.mapper("mirrorsiblings", this::siblingsOf))
                .withPrimaryToSecondaryMapper((ImageMirror mirror) -> Set.of())
                .build();
        return new CompactEventSource<>(configuration, context);
    }

    private static ResourceID podOf(ImageMirror mirror) {
        var registry = namesOf(mirror);
        return new ResourceID(registry.pod(), registry.namespace());
    }

    static RegistryNames namesOf(ImageMirror mirror) {
        return new RegistryNames(
                mirror.getMetadata().getNamespace(),
                mirror.getSpec().registryRef().name());
    }

    /** The Registry that a mirror refers to; empty if there is none, or if it is being deleted. */
    static Optional<Registry> registryOf(ImageMirror mirror, Context<ImageMirror> context) {
        var source = (InformerEventSource<Registry, ImageMirror>)
                context.eventSourceRetriever().getEventSourceFor(Registry.class, REGISTRIES);
        return source.get(Rivals.registryOf(mirror)).filter(registry -> !registry.isMarkedForDeletion());
    }

    /**
     * A mirror and all others of its namespace. They come from the informer that wakes the mirror when one of them is deleted: the cache of the
     * controller may still hold the deleted one then, and nothing would wake the mirror again.
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

    /** The part of a Registry that shows in the status of its mirrors. */
    private static Object ready(Registry registry) {
        var ready = Optional.ofNullable(registry.getStatus())
                .flatMap(status -> status.condition("Ready"))
                .map(condition -> condition.status() + condition.message());
        return Objects.hash(registry.isMarkedForDeletion(), ready);
    }
}
