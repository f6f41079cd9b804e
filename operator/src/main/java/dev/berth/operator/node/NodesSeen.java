package dev.berth.operator.node;

import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.List;
import java.util.Optional;

/**
 * The state of the nodes.
 *
 * @param scheduled the number of nodes on which an agent should run; empty if there is no DaemonSet of agents
 * @param reports of the running agents, by node
 */
record NodesSeen(Optional<Integer> scheduled, List<AgentReport> reports) {
    static final String AGENTS = "berth-node";

    NodesSeen {
        reports = reports.stream().sorted().toList();
    }

    static Optional<Integer> scheduled(Optional<DaemonSet> agents) {
        return agents.map(set -> Optional.ofNullable(set.getStatus())
                .map(status -> status.getDesiredNumberScheduled())
                .orElse(0));
    }
}
