package dev.berth.operator.poll;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Optional;

/** The address by which a server's Pod is asked for its status. */
public final class PodAddress {
    private PodAddress() {}

    /** The IP address of the Pod; empty while the Pod is not ready. */
    public static Optional<String> of(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .filter(status -> status.getConditions().stream()
                        .filter(condition -> "Ready".equals(condition.getType()))
                        .map(PodCondition::getStatus)
                        .anyMatch("True"::equals))
                .flatMap(status -> Optional.ofNullable(status.getPodIP()));
    }
}
