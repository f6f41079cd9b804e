package dev.berth.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks now and then whether the operator may watch the namespaces by now that it left out at its start. */
final class LeftOutNamespaces implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOutNamespaces.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Set<String> namespaces;
    private final KubernetesClient client;
    private final Consumer<String> allowed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("left-out-namespaces").factory());

    private LeftOutNamespaces(Set<String> namespaces, KubernetesClient client, Consumer<String> allowed) {
        this.namespaces = namespaces;
        this.client = client;
        this.allowed = allowed;
    }

    /** Calls `allowed` with the first of the namespaces that the operator may watch. */
    static LeftOutNamespaces of(Set<String> namespaces, KubernetesClient client, Consumer<String> allowed) {
        var leftOut = new LeftOutNamespaces(namespaces, client, allowed);
        if (!namespaces.isEmpty()) {
            var _ = leftOut.timer.scheduleWithFixedDelay(
                    leftOut::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        return leftOut;
    }

    private void look() {
        try {
            namespaces.stream()
                    .filter(namespace -> Preconditions.mayWatch(namespace, client))
                    .findFirst()
                    .ifPresent(allowed);
        } catch (KubernetesClientException unanswered) {
            LOG.debug("the API server did not say whether more namespaces may be watched", unanswered);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
