package dev.berth.operator.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Map;
import java.util.Optional;

/**
 * An agent's pod on a node.
 *
 * @param address empty until the pod has one
 * @param refreshed up to which write of the list of hosts kubelet was asked to refresh its mount; empty if it never was
 */
record AgentPod(String namespace, String name, String node, Optional<String> address, Optional<String> refreshed) {

    /** Empty for a pod that is on no node yet, or on its way out. */
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

    /** What of it matters for asking it; our own annotations don't. */
    static Optional<AgentPod> whereabouts(Pod pod) {
        return of(pod).map(agent ->
                new AgentPod(agent.namespace, agent.name, agent.node, agent.address, Optional.empty()));
    }

    /** An object that names the pod, and nothing more. */
    Pod reference() {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .build();
    }
}
