package dev.berth.operator.node;

import dev.berth.operator.condition.Finding;
import dev.berth.v1alpha1.NodeCounts;
import java.util.List;
import java.util.Optional;

/**
 * What nodes do for one Registry or mirror.
 *
 * @param findings the conditions `NodesConfigured` and, if the spec names images to preload, `Preloaded`
 * @param counts of nodes; empty if nodes are not told of it
 */
public record NodesFound(List<Finding> findings, Optional<NodeCounts> counts) {
    public NodesFound {
        findings = List.copyOf(findings);
    }
}
