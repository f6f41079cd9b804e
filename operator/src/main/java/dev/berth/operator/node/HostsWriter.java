package dev.berth.operator.node;

import dev.berth.operator.resource.FieldManager;
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
 * Writes the list of hosts: each part whose entries have changed, or whose ConfigMap another client has changed.
 * Nothing else writes it. Any thread, but one at a time.
 */
final class HostsWriter {
    /** A ConfigMap holds 1 MiB. The rest is for its metadata. */
    static final int LONGEST_PART = 900 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HostsWriter.class);

    private final KubernetesClient client;
    private final String namespace;
    private final Clock clock;
    private final Part[] parts = new Part[HostShard.COUNT];
    private volatile HostList current = HostList.NONE;
    private boolean writing;

    /**
     * The known state of a part.
     *
     * @param resourceVersion of its ConfigMap; empty if there is none
     * @param intact whether the ConfigMap is as this operator, or the one before it, wrote it
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
     * Tells of a ConfigMap as an informer has it, which may be a moment old.
     *
     * @return whether the ConfigMap may differ from what was written, so that {@link #update} has to read it
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
        var byPart = new HashMap<Integer, List<NodeHost>>();
        wanted.values()
                .forEach(host -> byPart.computeIfAbsent(HostShard.numberOf(host.name()), n -> new ArrayList<>())
                        .add(host));
        var leftOut = new TreeSet<String>();
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

    /**
     * Writes one part.
     *
     * @return hosts for which the part has no space
     */
    private Set<String> update(int number, List<NodeHost> wanted) {
        if (!parts[number].intact()) {
            look(number);
        }
        Part part = parts[number];
        List<NodeHost> fitting = part.shard().lists(wanted) ? wanted : fitting(part.shard(), wanted);
        if (!part.intact() || !part.shard().lists(fitting)) {
            write(part.shard().next(fitting, nextSequence(part.shard()), part.intact()));
        }
        var leftOut = new TreeSet<String>();
        wanted.stream().map(NodeHost::name).forEach(leftOut::add);
        fitting.stream().map(NodeHost::name).forEach(leftOut::remove);
        return leftOut;
    }

    private void write(HostShard shard) {
        var written = client.resource(shard.configMap(namespace))
                .fieldManager(FieldManager.NAME)
                .forceConflicts()
                .serverSideApply();
        parts[shard.number()] = new Part(shard, version(written), true);
        LOG.info(
                "wrote {} hosts into part {} of the nodes' list of hosts",
                shard.hosts().size(),
                shard.number());
    }

    /** Reads the ConfigMap from the API server, since an informer may be behind what was written here. */
    private void look(int number) {
        Part known = parts[number];
        var there = client.configMaps()
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

    /** Reads the part that an earlier operator wrote. If it cannot be read, it is written again. */
    private static Part read(int number, ConfigMap map) {
        try {
            var shard = HostShard.read(number, map);
            return new Part(shard, version(map), shard.isIn(map));
        } catch (RuntimeException e) {
            LOG.warn(
                    "ConfigMap {} cannot be read as a list of hosts and is written again: {}",
                    HostShard.configMapName(number),
                    e.toString());
            return new Part(HostShard.neverWritten(number), version(map), false);
        }
    }

    /**
     * The entries for which there is space. Present entries come before new ones, so that a new host never displaces
     * one that nodes use.
     */
    private static List<NodeHost> fitting(HostShard before, Collection<NodeHost> wanted) {
        var fitting = new ArrayList<NodeHost>();
        long bytes = 0;
        for (var host : wanted.stream()
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

    /** The clock's milliseconds, so that it is greater than all earlier ones even if the ConfigMap with the last one was deleted. */
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
