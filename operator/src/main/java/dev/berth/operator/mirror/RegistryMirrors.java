package dev.berth.operator.mirror;

import dev.berth.operator.registry.MirrorSource;
import dev.berth.operator.registry.RegistryNames;
import dev.berth.operator.registry.ServerMirrors;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The mirrors of registries, as their servers are to be told of them. Any thread. */
public final class RegistryMirrors implements MirrorSource {

    private static final String MIRRORS = "imagemirrors";

    private final BroughtObjects objects;
    private final BroughtWatch watch;
    private final PodImages pods;
    private final MirrorNews news;

    /**
     * The mirrors of a cluster.
     *
     * @param news tells those who wait for a change that there was one
     */
    public RegistryMirrors(KubernetesClient client, MirrorNews news) {
        this.objects = new BroughtObjects(client);
        this.watch = new BroughtWatch(client, news::brought);
        this.pods = new PodImages(client);
        this.news = news;
    }

    @Override
    public List<EventSource<?, Registry>> eventSources(EventSourceContext<Registry> context) {
        var configuration = InformerEventSourceConfiguration.from(ImageMirror.class, Registry.class)
                .withName(MIRRORS)
                .withOnUpdateFilter(RegistryMirrors::concernsTheServer)
                .withSecondaryToPrimaryMapper(mirror -> Set.of(Rivals.registryOf(mirror)))
                .build();
        return List.of(
                new InformerEventSource<>(configuration, context),
                new RegistryWake(context.getPrimaryCache(), news, watch, pods));
    }

    @Override
    public ServerMirrors of(Registry registry, Context<Registry> context) {
        var all = all(context);
        watch.follow(all);
        var entries = new ArrayList<Map<String, Object>>();
        var files = new TreeMap<String, String>();
        for (var mirror : Rivals.winners(all)) {
            if (Rivals.registryOf(mirror).equals(ResourceID.fromResource(registry))) {
                var used = mirror.getSpec().prune()
                        ? pods.of(mirror.getSpec().upstream().host(), RegistryNames.of(registry))
                        : PodImages.NOT_ASKED;
                var entry = MirrorEntry.of(mirror, Brought.by(mirror, objects), used);
                entries.add(entry.settings());
                files.putAll(entry.files());
            }
        }
        return new ServerMirrors(entries, files);
    }

    /** All mirrors of the cluster, as the informer of registries' controller has them. */
    static List<ImageMirror> all(Context<Registry> context) {
        return ((InformerEventSource<ImageMirror, Registry>)
                        context.eventSourceRetriever().getEventSourceFor(ImageMirror.class, MIRRORS))
                .list()
                .toList();
    }

    /** The status, which changes more often than all else, doesn't. */
    private static boolean concernsTheServer(ImageMirror now, ImageMirror before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || now.isMarkedForDeletion() != before.isMarkedForDeletion()
                || !Objects.equals(
                        now.getMetadata().getAnnotations().get(MirrorEntry.SYNC_NOW),
                        before.getMetadata().getAnnotations().get(MirrorEntry.SYNC_NOW));
    }
}
