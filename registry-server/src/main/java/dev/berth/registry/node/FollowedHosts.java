package dev.berth.registry.node;

import dev.berth.registry.node.HostsReading.Hosts;
import dev.berth.registry.node.HostsReading.Nothing;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The list of hosts that a node follows, with the last readable version of each part. A part that disappears or can't be read keeps its
 * last version. One thread uses it.
 */
final class FollowedHosts {
    private final SortedMap<Integer, Hosts> shards = new TreeMap<>();

    /**
     * Takes over what could be read.
     *
     * @return why a part is not followed in its present version
     */
    Optional<String> take(List<HostsReading> readings) {
        for (var reading : readings) {
            if (reading instanceof Hosts hosts) {
                shards.put(hosts.shard().number(), hosts);
            }
        }
        shards.values().removeIf(hosts -> hosts.shard().count() != count());
        return readings.stream()
                .flatMap(reading -> reading instanceof Nothing nothing ? Stream.of(nothing.why()) : Stream.of())
                .findFirst()
                .or(() -> complete() ? Optional.empty() : Optional.of(missing()));
    }

    /** The parts that were read. */
    List<Hosts> shards() {
        return List.copyOf(shards.values());
    }

    /** Whether all parts were read. Until then no host is removed: it may be listed in a part that is missing. */
    boolean complete() {
        return !shards.isEmpty() && shards.size() == count();
    }

    /** The number of parts of the list, as the part that was written last says. */
    private int count() {
        return shards.values().stream()
                .map(Hosts::shard)
                .max(Comparator.comparingLong(Shard::sequence))
                .map(Shard::count)
                .orElse(0);
    }

    private String missing() {
        return shards.size() + " of " + count()
                + " parts of the list of hosts are there; no host is removed until all are";
    }
}
