package dev.berth.operator.mirror;

import dev.berth.operator.fence.Fence;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.WakingEventSource;
import dev.berth.protocol.mirror.MirrorSection;
import dev.berth.protocol.name.ImageName;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images that pods of the cluster use, so that mirrors with `spec.prune` keep them. They are listed page by page every minute, and only
 * while there is such a mirror: a watch of all pods would cost every cluster more. A change wakes the Registries of these mirrors.
 * Any thread.
 */
final class PodImages extends WakingEventSource<Registry> {
    /** For a mirror without `spec.prune`, which does not depend on the images of pods. */
    static final Optional<Set<String>> NOT_ASKED = Optional.empty();

    private static final Logger LOG = LoggerFactory.getLogger(PodImages.class);
    private static final long PAGE = 500;
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(2);
    private static final Duration PERIOD = Duration.ofSeconds(60);

    private final KubernetesClient client;
    private final Fence fence;
    private volatile Supplier<Set<ResourceID>> pruning = Set::of;
    private volatile boolean wanted;
    private volatile long lookedAt;
    private volatile Optional<Set<String>> named = Optional.empty();

    PodImages(KubernetesClient client, Fence fence) {
        super("podimages");
        this.client = client;
        this.fence = fence;
    }

    /**
     * The event source for the controller of Registries.
     *
     * @param pruning the Registries with a mirror that prunes
     */
    PodImages of(Supplier<Set<ResourceID>> pruning) {
        this.pruning = pruning;
        return this;
    }

    @Override
    public void start() {
        super.start();
        repeat(() -> fence.run("podimages", "the pods of the cluster", this::look), LOOKS_EVERY, LOOKS_EVERY);
    }

    /**
     * The images of one upstream by their full names, whether pods name the upstream or the Registry that mirrors it.
     *
     * @return empty while they are not known, and when they are too many for the configuration of a server
     */
    Optional<Set<String>> of(String upstream, RegistryNames registry) {
        wanted = true;
        lookForTheFirstTime();
        return named.map(images -> of(upstream, registry, images))
                .filter(images -> images.size() <= MirrorSection.MOST_KEPT);
    }

    static Set<String> of(String upstream, RegistryNames registry, Set<String> images) {
        return images.stream()
                .map(image -> ImageName.parse(image).pinned())
                .map(image -> below(registry.address(), below(registry.fullAddress(), image)))
                .map(image -> image.startsWith(Rivals.folderOf(upstream) + "/")
                        ? upstream + image.substring(upstream.length())
                        : image)
                .filter(image -> image.startsWith(upstream + "/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The name without the host; unchanged for an image of another host. */
    private static String below(String host, String image) {
        return image.startsWith(host + "/") ? image.substring(host.length() + 1) : image;
    }

    /** Waits for the first list, so that an operator that was restarted finds each configuration as it should be and writes none. */
    private synchronized void lookForTheFirstTime() {
        if (lookedAt == 0) {
            refresh();
        }
    }

    private void look() {
        var due = System.nanoTime() - lookedAt > PERIOD.toNanos();
        if (wanted && due && refresh()) {
            pruning.get().forEach(this::wake);
        }
    }

    /** @return whether the images are others than before */
    private synchronized boolean refresh() {
        var before = named;
        lookedAt = System.nanoTime();
        try {
            named = Optional.of(ask());
        } catch (KubernetesClientException unanswered) {
            LOG.warn(
                    "the pods of the cluster cannot be listed, so mirrors prune nothing until they can: {}",
                    unanswered.getMessage());
            named = Optional.empty();
        }
        return !named.equals(before);
    }

    private Set<String> ask() {
        var images = new HashSet<String>();
        String next = null;
        do {
            var page = client.pods()
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder()
                            .withLimit(PAGE)
                            .withContinue(next)
                            .build());
            page.getItems().forEach(pod -> images(pod).forEach(images::add));
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return Set.copyOf(images);
    }

    private static Stream<String> images(Pod pod) {
        return Stream.of(pod.getSpec().getContainers(), pod.getSpec().getInitContainers())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .map(Container::getImage)
                .filter(image -> image != null && !image.isEmpty());
    }
}
