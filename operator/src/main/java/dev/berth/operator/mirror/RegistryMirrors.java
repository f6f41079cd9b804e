package dev.berth.operator.mirror;

import dev.berth.operator.cache.CompactEventSource;
import dev.berth.operator.cache.CompactStore;
import dev.berth.operator.fence.Fence;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.NamedObjectsWatch;
import dev.berth.operator.resource.NamedObjectsWatch.Named;
import dev.berth.operator.resource.WatchedNamespaces;
import dev.berth.operator.server.ServerMirrors;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mirrors of each Registry, for the configuration of its server. A mirror that cannot be read is left out and does not affect others.
 * Any thread.
 */
public final class RegistryMirrors implements ServerMirrors.Source {
    private static final String MIRRORS = "imagemirrors";

    /** The index of mirrors by their Registry, as `namespace/name`. */
    private static final String BY_REGISTRY = "registry";

    /** The index of mirrors with `spec.prune`, and its only key. */
    private static final String PRUNING = "pruning";

    private final MirrorInputs.Reader inputs;
    private final NamedObjectsWatch<Registry> watch;
    private final PodImages pods;
    private final Fence fence;

    /** @param mirrors are woken when an object changes that mirrors refer to */
    public RegistryMirrors(KubernetesClient client, MirrorInputs.Reader inputs, MirrorWakeups mirrors, Fence fence) {
        this.inputs = inputs;
        this.watch = new NamedObjectsWatch<>(
                "mirrorinputs", client, changed -> mirrors.referencedObjectChanged(changed.namespace()), fence);
        this.pods = new PodImages(client, fence);
        this.fence = fence;
    }

    @Override
    public List<EventSource<?, Registry>> eventSources(EventSourceContext<Registry> context) {
        var configuration = CompactEventSource.informers(
                        ImageMirror.class,
                        CompactStore.withoutManagedFields(ImageMirror.class, context.getClient()),
                        context)
                .withName(MIRRORS)
                .withOnUpdateFilter(RegistryMirrors::concernsTheServer)
                .withInformerListLimit(CompactStore.PAGE)
                .withSecondaryToPrimaryMapper(fence.mapper(MIRRORS, RegistryMirrors::registryOf))
                .withPrimaryToSecondaryMapper((Registry registry) -> Set.of())
                .build();
        var mirrors = new CompactEventSource<ImageMirror, Registry>(configuration, context);
        mirrors.addIndexers(Map.of(
                BY_REGISTRY,
                mirror -> registryOf(mirror).stream().map(RegistryMirrors::key).toList(),
                PRUNING,
                mirror -> prunes(mirror) ? List.of(PRUNING) : List.of()));
        Supplier<Set<ResourceID>> pruning = () -> mirrors.byIndex(PRUNING, PRUNING).stream()
                .map(Rivals::registryOf)
                .collect(Collectors.toSet());
        return List.of(mirrors, watch, pods.of(pruning));
    }

    @Override
    public ServerMirrors of(Registry registry, Context<Registry> context) {
        var id = ResourceID.fromResource(registry);
        var mirrors = Rivals.winners(source(context).byIndex(BY_REGISTRY, key(id)));
        watch.follow(id, mirrors.stream().flatMap(RegistryMirrors::inputsOf).collect(Collectors.toSet()));
        var prunes = MirrorConditions.canPrune(WatchedNamespaces.of(context.getControllerConfiguration()));
        var entries = new ArrayList<Map<String, Object>>();
        var files = new TreeMap<String, String>();
        for (var mirror : mirrors) {
            fence.get(
                            "mirrorentry",
                            MirrorEntry.nameOf(mirror),
                            () -> Optional.of(entry(mirror, registry, prunes)),
                            NO_ENTRY)
                    .ifPresent(entry -> {
                        entries.add(entry.settings());
                        files.putAll(entry.files());
                    });
        }
        return new ServerMirrors(entries, files);
    }

    private static Stream<Named> inputsOf(ImageMirror mirror) {
        var namespace = mirror.getMetadata().getNamespace();
        var upstream = mirror.getSpec().upstream();
        return Stream.concat(
                Stream.ofNullable(upstream.credentialsSecretRef())
                        .map(secret -> Named.secret(namespace, secret.name())),
                Stream.ofNullable(upstream.caRef()).map(map -> Named.configMap(namespace, map.name())));
    }

    /** All mirrors of the cluster that can be read, from the informer of the Registries' controller. */
    static List<ImageMirror> all(Context<Registry> context) {
        return source(context).list(mirror -> mirror.getSpec() != null).toList();
    }

    private static final Optional<MirrorEntry> NO_ENTRY = Optional.empty();

    private MirrorEntry entry(ImageMirror mirror, Registry registry, boolean prunes) {
        var used = prunes && mirror.getSpec().prune()
                ? pods.of(mirror.getSpec().upstream().host(), RegistryNames.of(registry))
                : PodImages.NOT_ASKED;
        return MirrorEntry.of(mirror, inputs.read(mirror), used);
    }

    private static InformerEventSource<ImageMirror, Registry> source(Context<Registry> context) {
        return (InformerEventSource<ImageMirror, Registry>)
                context.eventSourceRetriever().getEventSourceFor(ImageMirror.class, MIRRORS);
    }

    private static Set<ResourceID> registryOf(ImageMirror mirror) {
        return mirror.getSpec() == null ? Set.of() : Set.of(Rivals.registryOf(mirror));
    }

    private static boolean prunes(ImageMirror mirror) {
        return mirror.getSpec() != null && mirror.getSpec().prune();
    }

    private static String key(ResourceID registry) {
        return registry.getNamespace().orElse("") + "/" + registry.getName();
    }

    /** Whether a change concerns the server's configuration. A change of the status, which is the most frequent one, does not. */
    private static boolean concernsTheServer(ImageMirror now, ImageMirror before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || now.isMarkedForDeletion() != before.isMarkedForDeletion()
                || !Objects.equals(MirrorEntry.syncRequest(now), MirrorEntry.syncRequest(before));
    }
}
