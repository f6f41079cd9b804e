package dev.berth.operator.node;

import dev.berth.protocol.hosts.HostsDocument;
import dev.berth.protocol.hosts.InvalidHosts;
import dev.berth.protocol.hosts.NodeHost;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * One part of the list of hosts: a ConfigMap that the agents mount. A host's name decides which part its entry is in, so that one changed
 * registry changes one ConfigMap.
 *
 * @param sequence of the write that made it, greater with each; 0 for one that was never written
 * @param hosts by name
 */
record HostShard(int number, long sequence, SortedMap<String, Listed> hosts) {
    /** The number of parts. Agents of this version read any number of parts; an operator with another number writes all of them again. */
    static final int COUNT = 16;

    static final String FILE = "hosts.yaml";
    static final String COMPONENT_LABEL = "app.kubernetes.io/component";
    static final String COMPONENT = "node-hosts";
    private static final String NAME = "berth-node-hosts-";

    /**
     * An entry of the list.
     *
     * @param since the write that gave the entry its present content. An agent that follows this write or a later one
     *     has it
     */
    record Listed(NodeHost host, long since) {}

    HostShard {
        hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
    }

    static HostShard neverWritten(int number) {
        return new HostShard(number, 0, new TreeMap<>());
    }

    /** The part of a host's entry. It must never change; CRC-32 spreads names better than `String.hashCode`. */
    static int numberOf(String host) {
        var crc = new CRC32();
        crc.update(host.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % COUNT);
    }

    static String configMapName(int number) {
        return NAME + number;
    }

    /** The number of the part that a ConfigMap is; empty for another one. */
    static Optional<Integer> numberOf(ConfigMap map) {
        var name = map.getMetadata().getName();
        return IntStream.range(0, COUNT)
                .filter(number -> configMapName(number).equals(name))
                .boxed()
                .findFirst();
    }

    /**
     * Reads a ConfigMap and leaves out entries that cannot be read.
     *
     * @throws UncheckedIOException if it is not a hosts file
     */
    static HostShard read(int number, ConfigMap map) {
        var file = document(text(map));
        long sequence = Math.max(0, file.sequence());
        var hosts = new TreeMap<String, Listed>();
        Stream.concat(file.hosts().stream(), file.mirrors().stream())
                .filter(host -> !host.name().isEmpty() && !host.endpoint().isEmpty())
                .forEach(host -> hosts.putIfAbsent(host.name(), new Listed(host, sequence)));
        return new HostShard(number, sequence, hosts);
    }

    private static HostsDocument document(String yaml) {
        try {
            return HostsDocument.read(yaml.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidHosts e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a ConfigMap has exactly this content and the label by which it is watched. */
    boolean isIn(ConfigMap map) {
        return COMPONENT.equals(Optional.ofNullable(map.getMetadata().getLabels())
                        .map(labels -> labels.get(COMPONENT_LABEL))
                        .orElse(""))
                && yaml().equals(text(map));
    }

    private static String text(ConfigMap map) {
        return Optional.ofNullable(map.getData())
                .flatMap(data -> Optional.ofNullable(data.get(FILE)))
                .orElse("");
    }

    boolean lists(Collection<NodeHost> others) {
        return others.size() == hosts.size()
                && others.stream()
                        .allMatch(host -> host(host.name()).filter(host::equals).isPresent());
    }

    Optional<NodeHost> host(String name) {
        return Optional.ofNullable(hosts.get(name)).map(Listed::host);
    }

    /**
     * The part as it is written next.
     *
     * @param intact whether the ConfigMap is as it was written. If not, agents may have read anything from it
     */
    HostShard next(Collection<NodeHost> wanted, long sequence, boolean intact) {
        var next = new TreeMap<String, Listed>();
        for (var host : wanted) {
            var before = hosts.get(host.name());
            var unchanged = intact && before != null && before.host().equals(host);
            next.put(host.name(), unchanged ? before : new Listed(host, sequence));
        }
        return new HostShard(number, sequence, next);
    }

    /** The file. */
    String yaml() {
        return new HostsDocument(Optional.of(number), Optional.of(COUNT), sequence, listed(false), listed(true)).yaml();
    }

    ConfigMap configMap(String namespace) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(configMapName(number))
                .withNamespace(namespace)
                .addToLabels("app.kubernetes.io/name", "berth-node")
                .addToLabels("app.kubernetes.io/managed-by", "berth")
                .addToLabels(COMPONENT_LABEL, COMPONENT)
                .endMetadata()
                .addToData(FILE, yaml())
                .build();
    }

    private List<NodeHost> listed(boolean mirrors) {
        return hosts.values().stream()
                .map(Listed::host)
                .filter(host -> host.mirror().isPresent() == mirrors)
                .toList();
    }
}
