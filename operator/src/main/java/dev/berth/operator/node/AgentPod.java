package dev.berth.operator.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Map;
import java.util.Optional;

/**
 * The Pod of a node agent.
 *
 * @param address empty until the Pod has one
 * @param refreshed the last write of the list of hosts for which kubelet was asked to refresh the mount; empty if it
 *     never was
 */
record AgentPod(String namespace, String name, String node, Optional<String> address, Optional<String> refreshed) {
    /** Empty for a Pod that is not scheduled yet or is being deleted. */
    static Optional<AgentPod> of(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        Map<String, String> annotations =
                Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(Map.of());
        return Optional.ofNullable(pod.getSpec())
                .map(PodSpec::getNodeName)
                .map(node -> new AgentPod(
                        pod.getMetadata().getNamespace(),
                        pod.getMetadata().getName(),
                        node,
                        Optional.ofNullable(pod.getStatus()).map(status -> status.getPodIP()),
                        Optional.ofNullable(annotations.get(MountRefresh.SEQUENCE))));
    }

    /** The parts of the Pod by which the agent is asked, without Berth's annotations. */
    static Optional<AgentPod> whereabouts(Pod pod) {
        return of(pod).map(agent ->
                new AgentPod(agent.namespace, agent.name, agent.node, agent.address, Optional.empty()));
    }

    /** An object with the name of the Pod and nothing else. */
    Pod reference() {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .build();
    }
}
