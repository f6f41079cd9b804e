package dev.berth.operator.node;

import dev.berth.operator.registry.FieldManager;
import dev.berth.protocol.hosts.NodeHost;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only writer of the list of hosts: writes each part whose entries are not what is wanted, or whose ConfigMap somebody changed. Any
 * thread, but one at a time.
 */
final class HostsWriter {
    /** A ConfigMap holds 1 MiB; the rest is for what the API server keeps beside it. */
    static final int LONGEST_PART = 900 * 1024;

    private static final Logger log = LoggerFactory.getLogger(HostsWriter.class);

    private final KubernetesClient client;
    private final String namespace;
    private final Clock clock;
    private final Part[] parts = new Part[HostShard.COUNT];
    private volatile HostList current = HostList.NONE;
    private boolean writing;

    /**
     * A part as it is known.
     *
     * @param resourceVersion of the ConfigMap that has it; empty if there is none
     * @param intact whether the ConfigMap is as this operator, or one before it, wrote it
     */
    private record Part(HostShard shard, String resourceVersion, boolean intact) {}

    HostsWriter(KubernetesClient client, String namespace, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
        Arrays.setAll(parts, number -> new Part(HostShard.neverWritten(number), "", false));
    }

    /** The list as it was written last, by this operator or the one before. */
    HostList current() {
        return current;
    }

    /**
     * Takes note of a ConfigMap as an informer has it, which may be a moment old.
     *
     * @return whether it may not be what was written, so that {@link #update} has to look
     */
    synchronized boolean saw(int number, Optional<ConfigMap> map) {
        Part part = parts[number];
        if (map.isPresent() && part.resourceVersion().equals(version(map.get()))) {
            return false;
        }
        boolean ofAnother = !writing && map.isPresent(); // of the operator before, or of the one that leads
        parts[number] = ofAnother ? read(number, map.get()) : new Part(part.shard(), part.resourceVersion(), false);
        publish(current.leftOut());
        return !parts[number].intact();
    }

    /**
     * Writes the parts that differ.
     *
     * @param wanted all entries, by host
     * @throws KubernetesClientException if a part could not be written; the others are
     */
    synchronized void update(Map<String, NodeHost> wanted) {
        Map<Integer, List<NodeHost>> byPart = new HashMap<>();
        wanted.values()
                .forEach(host -> byPart.computeIfAbsent(HostShard.numberOf(host.name()), n -> new ArrayList<>())
                        .add(host));
        Set<String> leftOut = new TreeSet<>();
        Optional<KubernetesClientException> failure = Optional.empty();
        for (int number = 0; number < HostShard.COUNT; number++) {
            try {
                leftOut.addAll(update(number, byPart.getOrDefault(number, List.of())));
            } catch (KubernetesClientException e) {
                failure = Optional.of(e);
            }
        }
        writing = true;
        publish(leftOut);
        failure.ifPresent(e -> {
            throw e;
        });
    }

    /** @return hosts that the part has no room for */
    private Set<String> update(int number, List<NodeHost> wanted) {
        if (!parts[number].intact()) {
            look(number);
        }
        Part part = parts[number];
        List<NodeHost> fitting = part.shard().lists(wanted) ? wanted : fitting(part.shard(), wanted);
        if (!part.intact() || !part.shard().lists(fitting)) {
            write(part.shard().next(fitting, nextSequence(part.shard()), part.intact()));
        }
        Set<String> leftOut = new TreeSet<>();
        wanted.stream().map(NodeHost::name).forEach(leftOut::add);
        fitting.stream().map(NodeHost::name).forEach(leftOut::remove);
        return leftOut;
    }

    private void write(HostShard shard) {
        ConfigMap written = client.resource(shard.configMap(namespace))
                .fieldManager(FieldManager.NAME)
                .forceConflicts()
                .serverSideApply();
        parts[shard.number()] = new Part(shard, version(written), true);
        log.info(
                "nodes are told about {} hosts in part {} of the list",
                shard.hosts().size(),
                shard.number());
    }

    /** Asks the API server itself: an informer may be behind what was written here. */
    private void look(int number) {
        Part known = parts[number];
        ConfigMap there = client.configMaps()
                .inNamespace(namespace)
                .withName(HostShard.configMapName(number))
                .get();
        if (there == null) {
            return;
        }
        parts[number] = writing && known.shard().sequence() > 0
                ? new Part(known.shard(), version(there), known.shard().isIn(there))
                : read(number, there);
    }

    /** Reads what an operator before this one wrote. What is there may be anything; then it is written anew. */
    private static Part read(int number, ConfigMap map) {
        try {
            HostShard shard = HostShard.read(number, map);
            return new Part(shard, version(map), shard.isIn(map));
        } catch (RuntimeException e) {
            log.warn(
                    "ConfigMap {} is no list of hosts and is written anew: {}",
                    HostShard.configMapName(number),
                    e.toString());
            return new Part(HostShard.neverWritten(number), version(map), false);
        }
    }

    /** Entries that are there come before new ones, so that a newcomer never pushes out what nodes have. */
    private static List<NodeHost> fitting(HostShard before, Collection<NodeHost> wanted) {
        List<NodeHost> fitting = new ArrayList<>();
        long bytes = 0;
        for (NodeHost host : wanted.stream()
                .sorted(Comparator.comparing(
                                (NodeHost host) -> before.host(host.name()).isEmpty())
                        .thenComparing(Comparator.naturalOrder()))
                .toList()) {
            int length = host.yaml().getBytes(StandardCharsets.UTF_8).length;
            if (bytes + length <= LONGEST_PART) {
                bytes += length;
                fitting.add(host);
            }
        }
        return fitting;
    }

    /** The clock's milliseconds: greater than all before even where the ConfigMap, and the sequence in it, was deleted. */
    private long nextSequence(HostShard before) {
        return Math.max(before.sequence() + 1, clock.millis());
    }

    private void publish(Set<String> leftOut) {
        current = new HostList(Arrays.stream(parts).map(Part::shard).toList(), leftOut);
    }

    private static String version(ConfigMap map) {
        return Optional.ofNullable(map.getMetadata().getResourceVersion()).orElse("");
    }
}
