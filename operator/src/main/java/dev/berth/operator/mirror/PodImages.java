package dev.berth.operator.mirror;

import dev.berth.operator.fence.Fence;
import dev.berth.operator.registry.RegistryNames;
import dev.berth.protocol.mirror.MirrorSection;
import dev.berth.protocol.name.ImageName;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images that the cluster's pods name, for mirrors that remove what is no longer upstream. Asked for in pages every
 * minute, and only while there is such a mirror: a watch of all pods would cost every cluster more than this one question
 * does. Any thread.
 */
final class PodImages implements AutoCloseable {

    /** For a mirror that removes nothing: what pods use is of no concern to it. */
    static final Optional<Set<String>> NOT_ASKED = Optional.empty();

    private static final Logger log = LoggerFactory.getLogger(PodImages.class);
    private static final long PAGE = 500;
    private static final long LOOK_SECONDS = 2;
    private static final Duration PERIOD = Duration.ofSeconds(60);

    private final KubernetesClient client;
    private final Fence fence;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("pod-images").factory());
    private volatile boolean wanted;
    private volatile long lookedAt;
    private volatile Optional<Set<String>> named = Optional.empty();

    PodImages(KubernetesClient client, Fence fence) {
        this.client = client;
        this.fence = fence;
    }

    /**
     * Begins to look every so often.
     *
     * @param changed called when pods name other images than they did, or when what they name is no longer known
     */
    void start(Runnable changed) {
        var _ = timer.scheduleWithFixedDelay(
                () -> fence.run("podimages", "the cluster's pods", () -> look(changed)),
                LOOK_SECONDS,
                LOOK_SECONDS,
                TimeUnit.SECONDS);
    }

    /**
     * Those of one upstream, written out whole, whether pods name the upstream or the registry that keeps it.
     *
     * @return empty while that is not known, and when there are too many to tell a server of
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

    /** What stands behind a host; an image of another host as it is. */
    private static String below(String host, String image) {
        return image.startsWith(host + "/") ? image.substring(host.length() + 1) : image;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Waited for, so that an operator that was restarted finds every configuration as it should be, and writes none. */
    private synchronized void lookForTheFirstTime() {
        if (lookedAt == 0) {
            refresh();
        }
    }

    private void look(Runnable changed) {
        var due = System.nanoTime() - lookedAt > PERIOD.toNanos();
        if (wanted && due && refresh()) {
            changed.run();
        }
    }

    /** @return whether that changed anything */
    private synchronized boolean refresh() {
        var before = named;
        lookedAt = System.nanoTime();
        try {
            named = Optional.of(ask());
        } catch (KubernetesClientException unanswered) {
            log.warn("which images pods use can't be found out, so nothing is pruned: {}", unanswered.getMessage());
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
