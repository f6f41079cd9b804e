package dev.berth.operator.mirror;

import dev.berth.operator.fence.Fence;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.ObjectName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Watches the Secrets and ConfigMaps that mirrors name, each by its name and for as long as one names it: a new password
 * counts at once, and no other Secret of anybody's is ever sent here. What is beyond {@link #MOST_OF_A_NAMESPACE} counts when its
 * registry is looked at again, within a minute. Any thread.
 */
final class BroughtWatch implements AutoCloseable {

    /** Watches cost the API server a connection each: a namespace with more waits for its objects to be read again. */
    static final int MOST_OF_A_NAMESPACE = 16;

    private final KubernetesClient client;
    private final Consumer<Named> changed;
    private final Fence fence;
    private final Map<ResourceID, Set<Named>> wanted = new HashMap<>();
    private final Map<Named, SharedIndexInformer<?>> watched = new HashMap<>();

    /**
     * Watches nothing yet.
     *
     * @param changed called with what came, went or became another
     */
    BroughtWatch(KubernetesClient client, Consumer<Named> changed, Fence fence) {
        this.client = client;
        this.changed = changed;
        this.fence = fence;
    }

    /** An object that a mirror names. */
    record Named(Kind kind, String namespace, String name) {

        enum Kind {
            SECRET,
            CONFIG_MAP
        }

        static Set<Named> by(ImageMirror mirror) {
            var namespace = mirror.getMetadata().getNamespace();
            var upstream = mirror.getSpec().upstream();
            var all = new HashSet<Named>();
            if (upstream.credentialsSecretRef() != null) {
                all.add(new Named(
                        Kind.SECRET, namespace, upstream.credentialsSecretRef().name()));
            }
            if (upstream.caRef() != null) {
                all.add(new Named(Kind.CONFIG_MAP, namespace, upstream.caRef().name()));
            }
            return all;
        }
    }

    /** Watches what the mirrors of a registry name, and no longer what they don't. */
    synchronized void follow(ResourceID registry, Collection<ImageMirror> mirrors) {
        var now = new HashSet<Named>();
        mirrors.forEach(mirror -> now.addAll(Named.by(mirror)));
        now.removeIf(named -> !ObjectName.isValid(named.name()));
        var before = Optional.ofNullable(now.isEmpty() ? wanted.remove(registry) : wanted.put(registry, now))
                .orElse(Set.of());
        before.stream().filter(named -> !now.contains(named)).forEach(this::stop);
        now.forEach(this::start);
    }

    private void stop(Named named) {
        if (wanted.values().stream().noneMatch(all -> all.contains(named))) {
            Optional.ofNullable(watched.remove(named)).ifPresent(SharedIndexInformer::stop);
        }
    }

    private void start(Named named) {
        var ofItsNamespace = watched.keySet().stream()
                .filter(other -> other.namespace().equals(named.namespace()))
                .count();
        if (!watched.containsKey(named) && ofItsNamespace < MOST_OF_A_NAMESPACE) {
            watched.put(named, informer(named));
        }
    }

    @Override
    public synchronized void close() {
        watched.values().forEach(SharedIndexInformer::stop);
        watched.clear();
        wanted.clear();
    }

    private SharedIndexInformer<?> informer(Named named) {
        return switch (named.kind()) {
            case SECRET ->
                start(named, client.secrets().inNamespace(named.namespace()).withName(named.name()));
            case CONFIG_MAP ->
                start(named, client.configMaps().inNamespace(named.namespace()).withName(named.name()));
        };
    }

    /** Not waited for: whoever asked has read the object itself, and hears of what comes after. */
    private <R extends HasMetadata> SharedIndexInformer<R> start(Named named, Informable<R> object) {
        var informer = object.runnableInformer(0).exceptionHandler((started, problem) -> true);
        Runnable tell = () -> fence.run("broughtobjects", named, () -> changed.accept(named));
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(R added) {
                tell.run();
            }

            @Override
            public void onUpdate(R before, R now) {
                if (!Objects.equals(
                        before.getMetadata().getResourceVersion(),
                        now.getMetadata().getResourceVersion())) {
                    tell.run();
                }
            }

            @Override
            public void onDelete(R gone, boolean stateUnknown) {
                tell.run();
            }
        });
        var _ = informer.start();
        return informer;
    }
}
