package dev.berth.registry.node;

import dev.berth.registry.node.endpoint.PullEndpoint;
import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.RegistryHost;
import java.util.Optional;
import java.util.SortedSet;

/** A runtime that asks the agent's own endpoint first for every host that it is set up for, while the endpoint listens. */
record ThroughEndpoint(ContainerRuntime runtime, PullEndpoint endpoint) implements ContainerRuntime {
    @Override
    public String name() {
        return runtime.name();
    }

    @Override
    public Optional<String> notApplicable() {
        return runtime.notApplicable();
    }

    @Override
    public HostOutcome configure(RegistryHost host) {
        return runtime.configure(host.through(endpoint.address()));
    }

    @Override
    public Optional<HostOutcome.Failed> remove(HostName host) {
        return runtime.remove(host);
    }

    @Override
    public SortedSet<HostName> present() {
        return runtime.present();
    }

    @Override
    public Optional<String> doubt() {
        return runtime.doubt();
    }

    @Override
    public boolean canTryMirrors() {
        return runtime.canTryMirrors();
    }
}
