package dev.berth.operator.mirror;

import dev.berth.operator.fence.Fence;
import dev.berth.operator.resource.WakingEventSource;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.ObjectName;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Watches the Secrets and ConfigMaps that mirrors refer to, each by its name and only while a mirror refers to it. A new password takes
 * effect at once, and the API server sends no other Secret to the operator. A change wakes the Registries and the mirrors of the namespace.
 * Objects beyond {@link #MOST_OF_A_NAMESPACE} are read again when their Registry is reconciled, within a minute. Any thread.
 */
final class InputsWatch extends WakingEventSource<Registry> {
    /** Each watch costs the API server a connection, so a namespace has no more of them. */
    static final int MOST_OF_A_NAMESPACE = 16;

    private final KubernetesClient client;
    private final MirrorWakeups mirrors;
    private final Fence fence;
    private final Map<ResourceID, Set<Named>> wanted = new HashMap<>();
    private final Map<Named, SharedIndexInformer<?>> watched = new HashMap<>();

    private volatile Optional<Cache<Registry>> registries = Optional.empty();

    InputsWatch(KubernetesClient client, MirrorWakeups mirrors, Fence fence) {
        super("mirrorinputs");
        this.client = client;
        this.mirrors = mirrors;
        this.fence = fence;
    }

    /** The event source for the controller whose Registries are in this cache. */
    InputsWatch of(Cache<Registry> registries) {
        this.registries = Optional.of(registries);
        return this;
    }

    private void changed(Named named) {
        mirrors.referencedObjectChanged(named.namespace());
        registries.ifPresent(all -> all.keys()
                .filter(id -> id.getNamespace().orElse("").equals(named.namespace()))
                .forEach(this::wake));
    }

    /** An object that a mirror refers to. */
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

    /** Watches the objects that the mirrors of a Registry refer to now, and no longer those that none refers to. */
    synchronized void follow(ResourceID registry, Collection<ImageMirror> mirrors) {
        var now = new HashSet<Named>();
        mirrors.forEach(mirror -> now.addAll(Named.by(mirror)));
        now.removeIf(named -> !ObjectName.isValid(named.name()));
        var before = Optional.ofNullable(now.isEmpty() ? wanted.remove(registry) : wanted.put(registry, now))
                .orElse(Set.of());
        before.stream().filter(named -> !now.contains(named)).forEach(this::unwatch);
        now.forEach(this::watch);
    }

    private void unwatch(Named named) {
        if (wanted.values().stream().noneMatch(all -> all.contains(named))) {
            Optional.ofNullable(watched.remove(named)).ifPresent(SharedIndexInformer::stop);
        }
    }

    private void watch(Named named) {
        var ofItsNamespace = watched.keySet().stream()
                .filter(other -> other.namespace().equals(named.namespace()))
                .count();
        if (!watched.containsKey(named) && ofItsNamespace < MOST_OF_A_NAMESPACE) {
            watched.put(named, informer(named));
        }
    }

    @Override
    public synchronized void stop() {
        super.stop();
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

    /** Does not wait for the informer: the caller has read the object, and the informer reports what changes after that. */
    private <R extends HasMetadata> SharedIndexInformer<R> start(Named named, Informable<R> object) {
        var informer = object.runnableInformer(0).exceptionHandler((started, problem) -> true);
        Runnable tell = () -> fence.run("mirrorinputs", named, () -> changed(named));
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
