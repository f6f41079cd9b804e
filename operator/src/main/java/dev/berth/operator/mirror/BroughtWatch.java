package dev.berth.operator.mirror;

import dev.berth.v1alpha1.ImageMirror;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Watches the Secrets and ConfigMaps that mirrors name, each by its name and for as long as one names it: a new password
 * counts at once, and no other Secret of anybody's is ever sent here. Any thread.
 */
final class BroughtWatch implements AutoCloseable {

    private final KubernetesClient client;
    private final Consumer<Named> changed;
    private final Map<Named, SharedIndexInformer<?>> watched = new HashMap<>();

    /**
     * Watches nothing yet.
     *
     * @param changed called with what came, went or became another
     */
    BroughtWatch(KubernetesClient client, Consumer<Named> changed) {
        this.client = client;
        this.changed = changed;
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

    /** Watches what these mirrors name, and no longer what they don't. */
    synchronized void follow(Collection<ImageMirror> mirrors) {
        var wanted = new HashSet<Named>();
        mirrors.forEach(mirror -> wanted.addAll(Named.by(mirror)));
        watched.entrySet().removeIf(entry -> {
            var over = !wanted.contains(entry.getKey());
            if (over) {
                entry.getValue().stop();
            }
            return over;
        });
        wanted.forEach(named -> watched.computeIfAbsent(named, this::start));
    }

    @Override
    public synchronized void close() {
        watched.values().forEach(SharedIndexInformer::stop);
        watched.clear();
    }

    private SharedIndexInformer<?> start(Named named) {
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
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(R added) {
                changed.accept(named);
            }

            @Override
            public void onUpdate(R before, R now) {
                if (!Objects.equals(
                        before.getMetadata().getResourceVersion(),
                        now.getMetadata().getResourceVersion())) {
                    changed.accept(named);
                }
            }

            @Override
            public void onDelete(R gone, boolean stateUnknown) {
                changed.accept(named);
            }
        });
        var _ = informer.start();
        return informer;
    }
}
