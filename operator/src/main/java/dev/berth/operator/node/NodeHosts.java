package dev.berth.operator.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All hosts that nodes are to know, in one order whatever order they came in. */
record NodeHosts(List<NodeHost> hosts) {
    static final NodeHosts NONE = new NodeHosts(List.of());
    static final String CONFIG_MAP = "berth-node-hosts";
    static final String FILE = "hosts.yaml";

    NodeHosts {
        hosts = hosts.stream().sorted().toList();
    }

    static NodeHosts of(Collection<NodeHost> hosts) {
        return new NodeHosts(List.copyOf(hosts));
    }

    Optional<NodeHost> host(String name) {
        return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
    }

    /**
     * The file. What stands in place of an upstream has a list of its own, `mirrors`: an agent that doesn't know that list yet passes it over,
     * where an entry among `hosts` would take the upstream itself away from its node.
     */
    String yaml() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("hosts", hosts.stream().filter(host -> host.mirror() == null).toList());
        List<NodeHost> mirrors =
                hosts.stream().filter(host -> host.mirror() != null).toList();
        if (!mirrors.isEmpty()) {
            file.put("mirrors", mirrors);
        }
        return Serialization.asYaml(file);
    }

    /** SHA-256 of the file, which is what agents say that they follow. */
    String revision() {
        try {
            byte[] bytes = yaml().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The ConfigMap that the agents mount. */
    ConfigMap configMap(String namespace) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(CONFIG_MAP)
                .withNamespace(namespace)
                .addToLabels("app.kubernetes.io/name", "berth-node")
                .addToLabels("app.kubernetes.io/managed-by", "berth")
                .endMetadata()
                .addToData(FILE, yaml())
                .build();
    }

    /** Whether a ConfigMap that is there says this already. */
    boolean isIn(Optional<ConfigMap> actual) {
        return actual.map(map -> Optional.ofNullable(map.getData()).orElse(Map.of()))
                .map(data -> yaml().equals(data.get(FILE)))
                .orElse(false);
    }
}
