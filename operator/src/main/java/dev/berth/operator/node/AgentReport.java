package dev.berth.operator.node;

import java.util.Optional;

/**
 * The last report of one node's agent.
 *
 * @param status empty if it could not be read
 */
record AgentReport(String node, Optional<AgentStatus> status) implements Comparable<AgentReport> {
    static AgentReport silent(String node) {
        return new AgentReport(node, Optional.empty());
    }

    Optional<String> notApplicable() {
        return status.flatMap(AgentStatus::notApplicable);
    }

    /** Why the agent makes no test pull from any host. */
    Optional<String> untested() {
        return status.flatMap(known -> known.runtime().untested());
    }

    @Override
    public int compareTo(AgentReport other) {
        return node.compareTo(other.node);
    }
}
