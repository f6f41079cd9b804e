package dev.berth.operator.node;

import dev.berth.operator.registry.FieldManager;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only writer of the list of hosts. Every registry's reconciliation asks it to bring the whole list up to date; it works the list out
 * under its lock, so that a later state is never overwritten by an earlier one. Any thread.
 */
final class HostsWriter {
    private static final Logger log = LoggerFactory.getLogger(HostsWriter.class);

    /** More revisions than agents can be behind by in ordinary life; one that is older counts as out of date. */
    private static final int REMEMBERED = 32;

    private final KubernetesClient client;
    private final String namespace;
    private final Map<String, NodeHosts> written = new LinkedHashMap<>();
    private volatile Optional<NodeHosts> current = Optional.empty();

    HostsWriter(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Writes the list if it isn't what is there.
     *
     * @param wanted makes the new list of the one before
     * @param seen the ConfigMap as an informer has it, which may be a moment old
     * @return whether it was written
     */
    synchronized boolean update(UnaryOperator<NodeHosts> wanted, Supplier<Optional<ConfigMap>> seen) {
        NodeHosts hosts = wanted.apply(current.orElse(NodeHosts.NONE));
        remember(hosts);
        if (hosts.isIn(seen.get()) || hosts.isIn(Optional.ofNullable(configMap().get()))) {
            return false;
        }
        client.resource(hosts.configMap(namespace))
                .fieldManager(FieldManager.NAME)
                .forceConflicts()
                .serverSideApply();
        log.info("nodes are told about {} registries and mirrors", hosts.hosts().size());
        return true;
    }

    /** The list as it was worked out last; empty until a registry was reconciled: then nothing is known of what nodes should follow. */
    Optional<NodeHosts> current() {
        return current;
    }

    /** Whether the list of that revision had this very entry. */
    synchronized boolean had(String revision, NodeHost entry) {
        return Optional.ofNullable(written.get(revision))
                .flatMap(hosts -> hosts.host(entry.name()))
                .filter(entry::equals)
                .isPresent();
    }

    private void remember(NodeHosts hosts) {
        current = Optional.of(hosts);
        written.putIfAbsent(hosts.revision(), hosts);
        if (written.size() > REMEMBERED) {
            written.remove(written.keySet().iterator().next());
        }
    }

    private Resource<ConfigMap> configMap() {
        return client.configMaps().inNamespace(namespace).withName(NodeHosts.CONFIG_MAP);
    }
}
