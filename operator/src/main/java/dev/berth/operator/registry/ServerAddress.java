package dev.berth.operator.registry;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Optional;

/** Where a server's pod can be asked about itself. */
public final class ServerAddress {

    private ServerAddress() {}

    /** The pod's address; empty while it isn't ready. */
    public static Optional<String> of(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .filter(status -> status.getConditions().stream()
                        .filter(condition -> "Ready".equals(condition.getType()))
                        .map(PodCondition::getStatus)
                        .anyMatch("True"::equals))
                .flatMap(status -> Optional.ofNullable(status.getPodIP()));
    }
}
