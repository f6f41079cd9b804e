package dev.berth.operator.node;

import dev.berth.operator.node.HostShard.Listed;
import dev.berth.protocol.hosts.NodeHost;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The whole list of hosts, as it was written last.
 *
 * @param shards its parts, by number
 * @param leftOut hosts for which their part has no space
 */
record HostList(List<HostShard> shards, Set<String> leftOut) {
    static final HostList NONE = new HostList(
            IntStream.range(0, HostShard.COUNT)
                    .mapToObj(HostShard::neverWritten)
                    .toList(),
            Set.of());

    HostList {
        shards = List.copyOf(shards);
        leftOut = Set.copyOf(leftOut);
    }

    Optional<NodeHost> host(String name) {
        return shard(name).host(name);
    }

    /** Whether the node of a report follows exactly this entry. */
    boolean followed(NodeHost entry, AgentStatus status) {
        var shard = shard(entry.name());
        var listed = shard.hosts().get(entry.name());
        long sequence = status.sequence(shard.number());
        return listed != null
                && listed.host().equals(entry)
                && listed.since() <= sequence
                && sequence <= shard.sequence();
    }

    /** Whether a node follows the last write of every part. */
    boolean followed(AgentStatus status) {
        return shards.stream().allMatch(shard -> status.sequence(shard.number()) == shard.sequence());
    }

    /** The last write of all parts. Two lists with the same one are equal. */
    long sequence() {
        return shards.stream().mapToLong(HostShard::sequence).max().orElse(0);
    }

    /** Hosts whose entry differs in the other list, or that only one of the two has. */
    Set<String> changed(HostList other) {
        var names = new HashSet<String>();
        for (var shard : shards) {
            var that = other.shards.get(shard.number());
            if (!shard.hosts().equals(that.hosts())) {
                var common = new HashSet<Listed>(shard.hosts().values());
                common.retainAll(new HashSet<>(that.hosts().values()));
                names.addAll(shard.hosts().keySet());
                names.addAll(that.hosts().keySet());
                common.forEach(listed -> names.remove(listed.host().name()));
            }
        }
        var fullness = new HashSet<String>(leftOut);
        fullness.removeAll(other.leftOut);
        names.addAll(fullness);
        other.leftOut.stream().filter(name -> !leftOut.contains(name)).forEach(names::add);
        return names;
    }

    private HostShard shard(String host) {
        return shards.get(HostShard.numberOf(host));
    }
}
