package dev.berth.operator.pullsecret;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import dev.berth.operator.fence.Fence;
import dev.berth.operator.resource.WakingEventSource;
import dev.berth.operator.resource.WatchedNamespaces;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The namespaces of an operator that is limited to them. A Role of a namespace lets the operator read it by name, and no Role lets it list
 * or watch namespaces. So this event source reads them every few seconds. A namespace that comes, goes or changes its labels wakes every Registry
 * that selects namespaces. Any thread.
 */
final class NamespacePoll extends WakingEventSource<Registry> {
    private static final Logger LOG = LoggerFactory.getLogger(NamespacePoll.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final WatchedNamespaces watched;
    private final Supplier<Set<ResourceID>> selecting;
    private final Fence fence;
    private volatile Map<String, Namespace> present = Map.of();

    /** @param selecting the Registries that select namespaces */
    NamespacePoll(
            String name,
            KubernetesClient client,
            WatchedNamespaces watched,
            Supplier<Set<ResourceID>> selecting,
            Fence fence) {
        super(name);
        this.client = client;
        this.watched = watched;
        this.selecting = selecting;
        this.fence = fence;
    }

    /** Returns when the namespaces are known: without them, the first reconciliations would take back every pull secret. */
    @Override
    public void start() {
        super.start();
        present = read();
        repeat(() -> fence.run(name(), "the watched namespaces", this::look), EVERY, EVERY);
    }

    /** The watched namespaces that exist. */
    List<Namespace> list() {
        return List.copyOf(present.values());
    }

    private void look() {
        try {
            var now = read();
            var changed = !labels(now).equals(labels(present));
            present = now;
            if (changed) {
                selecting.get().forEach(this::wake);
            }
        } catch (KubernetesClientException unanswered) {
            LOG.warn(
                    "the watched namespaces cannot be read, so they are taken as they were: {}",
                    unanswered.getMessage());
        }
    }

    private Map<String, Namespace> read() {
        var found = new TreeMap<String, Namespace>();
        watched.names().forEach(name -> read(name).ifPresent(namespace -> found.put(name, namespace)));
        return found;
    }

    /** Empty also if the operator has no right to read it: the Role is deleted with its namespace. */
    private Optional<Namespace> read(String name) {
        try {
            return Optional.ofNullable(client.namespaces().withName(name).get());
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() == HTTP_FORBIDDEN || refusal.getCode() == HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    /** The labels of each namespace and whether it is being deleted: they decide whether it gets a pull secret. */
    private static Map<String, Object> labels(Map<String, Namespace> namespaces) {
        var labels = new TreeMap<String, Object>();
        namespaces.forEach((name, namespace) -> labels.put(
                name,
                List.of(
                        Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of()),
                        namespace.isMarkedForDeletion())));
        return labels;
    }
}
