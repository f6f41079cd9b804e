package dev.berth.operator.resource;

import dev.berth.operator.fence.Fence;
import dev.berth.v1alpha1.ObjectName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Watches the Secrets and ConfigMaps that custom resources refer to, each by its name and only while one refers to it. A new password takes
 * effect at once, and the API server sends no other Secret to the operator. A change wakes the custom resources that refer to the object.
 * Objects beyond {@link #MOST_OF_A_NAMESPACE} are read again when their custom resource is reconciled, within a minute. Any thread.
 *
 * @param <P> the custom resource of the controller
 */
public final class NamedObjectsWatch<P extends HasMetadata> extends WakingEventSource<P>
        implements ResourceEventAware<P> {
    /** Each watch costs the API server a connection, so a namespace has no more of them. */
    static final int MOST_OF_A_NAMESPACE = 16;

    private final String name;
    private final KubernetesClient client;
    private final Consumer<Named> changed;
    private final Fence fence;
    private final Map<ResourceID, Set<Named>> wanted = new HashMap<>();
    private final Map<Named, SharedIndexInformer<?>> watched = new HashMap<>();

    /**
     * Watches nothing yet.
     *
     * @param name of this event source, unique in its controller
     * @param changed is told of each change, besides the custom resources that refer to the object
     */
    public NamedObjectsWatch(String name, KubernetesClient client, Consumer<Named> changed, Fence fence) {
        super(name);
        this.name = name;
        this.client = client;
        this.changed = changed;
        this.fence = fence;
    }

    private void changed(Named named) {
        changed.accept(named);
        owners(named).forEach(this::wake);
    }

    private synchronized List<ResourceID> owners(Named named) {
        return wanted.entrySet().stream()
                .filter(entry -> entry.getValue().contains(named))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** An object that a custom resource refers to. */
    public record Named(Kind kind, String namespace, String name) {
        public enum Kind {
            SECRET,
            CONFIG_MAP
        }

        public static Named secret(String namespace, String name) {
            return new Named(Kind.SECRET, namespace, name);
        }

        public static Named configMap(String namespace, String name) {
            return new Named(Kind.CONFIG_MAP, namespace, name);
        }
    }

    /** Watches the objects that a custom resource refers to now, and no longer those that none refers to. */
    public synchronized void follow(ResourceID owner, Set<Named> objects) {
        var now = new HashSet<>(objects);
        now.removeIf(named -> !ObjectName.isValid(named.name()));
        var before = Optional.ofNullable(now.isEmpty() ? wanted.remove(owner) : wanted.put(owner, now))
                .orElse(Set.of());
        before.stream().filter(named -> !now.contains(named)).forEach(this::unwatch);
        now.forEach(this::watch);
    }

    @Override
    public void onResourceDeleted(P owner) {
        follow(ResourceID.fromResource(owner), Set.of());
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
        Runnable tell = () -> fence.run(name, named, () -> changed(named));
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
