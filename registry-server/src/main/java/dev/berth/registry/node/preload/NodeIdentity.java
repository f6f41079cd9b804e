package dev.berth.registry.node.preload;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What the API server knows of this node and its agent. */
public interface NodeIdentity {
    /** Outside of Kubernetes: a node without labels, which logs in nowhere. */
    NodeIdentity NONE = new NodeIdentity() {
        @Override
        public Map<String, String> labels() {
            return Map.of();
        }

        @Override
        public Optional<String> token(String audience) {
            return Optional.empty();
        }
    };

    /** The labels of this node. */
    Map<String, String> labels() throws IOException, InterruptedException;

    /**
     * A token of the agent's own service account.
     *
     * @param audience the only registry at which it is of use
     * @return empty if the agent has no service account, or may not make tokens for it
     */
    Optional<String> token(String audience) throws IOException, InterruptedException;
}
