package dev.berth.registry.node.endpoint;

import java.io.IOException;
import java.util.Optional;

/** Gets tokens by which a Registry can check on which node an agent is. */
public interface NodeProof {
    /** Outside of Kubernetes there is nothing to prove it with. */
    NodeProof NONE = _ -> Optional.empty();

    /**
     * A token that is bound to the agent's pod, and with it to the node. May block.
     *
     * @param audience the own name of the only Registry at which it is of use, such as `apps.team-a.svc`
     */
    Optional<String> token(String audience) throws IOException, InterruptedException;
}
