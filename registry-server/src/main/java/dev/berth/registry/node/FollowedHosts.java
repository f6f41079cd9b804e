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
 * The list of hosts that a node follows: each part of it as it was understood last. A part that is not there any more, or can't be read, holds
 * on. Used by one thread.
 */
final class FollowedHosts {
    private final SortedMap<Integer, Hosts> shards = new TreeMap<>();

    /** Follows what was understood of the readings. @return why something is not followed as it is now */
    Optional<String> take(List<HostsReading> readings) {
        for (HostsReading reading : readings) {
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

    /** The parts that are known. */
    List<Hosts> shards() {
        return List.copyOf(shards.values());
    }

    /** Whether all parts are known. Until then a host that is in none of them may be in one that is missing, and is kept. */
    boolean complete() {
        return !shards.isEmpty() && shards.size() == count();
    }

    /** How many parts the list has, by the one that was written last. */
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
