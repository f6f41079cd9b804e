package dev.berth.registry.node.canary;

import dev.berth.registry.node.runtime.HostName;
import java.util.List;
import java.util.Map;

/** Pulls tiny images on this node. */
public interface TestPulls {
    /**
     * Pulls from all of these hosts at the same time, and removes what it pulled.
     *
     * @return the result for each host
     */
    Map<HostName, TestPull> pull(List<HostName> hosts);
}
