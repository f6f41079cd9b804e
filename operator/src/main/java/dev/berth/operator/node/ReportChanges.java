package dev.berth.operator.node;

import dev.berth.protocol.status.PreloadReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the hosts whose condition may have changed with the agents' reports. Pure.
 *
 * @param everybody whether something changed that concerns the conditions of all hosts, such as the number of nodes
 * @param named hosts about which a node reports something else
 * @param followedFrom for each part of the list that an agent follows a later write of: the earliest write that an
 *     agent followed before
 */
record ReportChanges(boolean everybody, Set<String> named, Map<Integer, Long> followedFrom) {
    static ReportChanges between(List<AgentReport> before, List<AgentReport> now) {
        var earlier = before.stream()
                .collect(Collectors.toMap(AgentReport::node, Function.identity(), (one, other) -> other));
        var everybody = before.size() != now.size();
        var named = new HashSet<String>();
        var followedFrom = new HashMap<Integer, Long>();
        for (var report : now) {
            Optional<AgentStatus> old =
                    Optional.ofNullable(earlier.get(report.node())).flatMap(AgentReport::status);
            if (!earlier.containsKey(report.node())
                    || old.isPresent() != report.status().isPresent()) {
                everybody = true;
            } else if (old.isPresent() && !old.equals(report.status())) {
                var is = report.status().orElseThrow();
                everybody |= !aboutTheNode(old.get()).equals(aboutTheNode(is));
                named.addAll(otherwise(old.get(), is));
                later(old.get(), is, followedFrom);
            }
        }
        return new ReportChanges(everybody, named, followedFrom);
    }

    /** The hosts of the list that are concerned, without those of {@link #everybody}. */
    Set<String> hosts(HostList list) {
        var newlyFollowed = followedFrom.entrySet().stream()
                .filter(part -> part.getKey() < list.shards().size())
                .flatMap(part -> list.shards().get(part.getKey()).hosts().values().stream()
                        .filter(listed -> listed.since() > part.getValue()))
                .map(listed -> listed.host().name());
        return Stream.concat(named.stream(), newlyFollowed).collect(Collectors.toSet());
    }

    private static List<Object> aboutTheNode(AgentStatus status) {
        return List.of(status.problem(), status.doubt(), status.notApplicable(), status.more(), status.runtime());
    }

    private static Set<String> otherwise(AgentStatus before, AgentStatus now) {
        return Stream.of(before, now)
                .flatMap(status ->
                        Stream.concat(status.troubled().keySet().stream(), status.preloads().keySet().stream()))
                .filter(host -> !before.troubled(host).equals(now.troubled(host))
                        || !stage(before.preload(host)).equals(stage(now.preload(host))))
                .collect(Collectors.toSet());
    }

    /** The part of a report about images that conditions show. The number of pulled images is no part of it: no condition shows the number of one node. */
    private static List<Object> stage(Optional<PreloadReport> preload) {
        return preload.<List<Object>>map(report -> List.of(report.complete(), report.failed() > 0, report.message()))
                .orElse(List.of());
    }

    /** If the sequence of a part went back, the agent is behind with all hosts of that part. */
    private static void later(AgentStatus before, AgentStatus now, Map<Integer, Long> followedFrom) {
        for (int part = 0; part < HostShard.COUNT; part++) {
            if (before.sequence(part) != now.sequence(part)) {
                followedFrom.merge(part, Math.min(before.sequence(part), now.sequence(part)), Math::min);
            }
        }
    }
}
