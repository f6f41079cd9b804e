package dev.berth.registry.node;

import dev.berth.registry.node.endpoint.PullEndpoint;
import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RuntimeWrapper;

/** A runtime that asks the agent's own endpoint first for every host that it is set up for, while the endpoint listens. */
record ThroughEndpoint(ContainerRuntime runtime, PullEndpoint endpoint) implements RuntimeWrapper {
    @Override
    public HostOutcome configure(RegistryHost host) {
        return runtime.configure(host.through(endpoint.address()));
    }
}
