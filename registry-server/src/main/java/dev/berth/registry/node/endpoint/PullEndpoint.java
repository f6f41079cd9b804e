package dev.berth.registry.node.endpoint;

import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.RegistryHost;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The endpoint as the agent sees it, which tells it the hosts and tells the container runtime its address. */
public interface PullEndpoint extends AutoCloseable {
    /** No endpoint: runtimes ask the Registries themselves. */
    PullEndpoint OFF = new PullEndpoint() {
        @Override
        public void follow(Collection<RegistryHost> hosts) {}

        @Override
        public Optional<Endpoint> address() {
            return Optional.empty();
        }

        @Override
        public List<EndpointCounts.Count> counts() {
            return List.of();
        }

        @Override
        public void close() {}
    };

    /** Passes on requests for these hosts from now on, and for no others. */
    void follow(Collection<RegistryHost> hosts);

    /** Where runtimes of this node reach the endpoint; empty while it can't listen there. */
    Optional<Endpoint> address();

    /** What it has done so far. */
    List<EndpointCounts.Count> counts();

    @Override
    void close();
}
