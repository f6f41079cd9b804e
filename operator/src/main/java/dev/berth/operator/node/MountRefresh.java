package dev.berth.operator.node;

import dev.berth.operator.registry.FieldManager;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes kubelet refresh what is mounted into an agent's pod at once, and not within a minute or two: it does so whenever the pod changes. Only in
 * clusters of few nodes: a write per node for each change of the list is too much for a large one, where kubelet's own time has to do.
 */
final class MountRefresh {
    static final String SEQUENCE = "berth.dev/hosts-sequence";
    static final String ASKED_AGAIN = "berth.dev/hosts-asked-again";
    static final int NODES_AT_MOST = 50;

    private static final Logger log = LoggerFactory.getLogger(MountRefresh.class);

    private final KubernetesClient client;
    private final Clock clock;

    MountRefresh(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Changes an annotation of each pod whose agent is behind.
     *
     * @param nodes how many the cluster has
     * @param sequence of the list that the agents should follow, and don't
     * @param again whether also where that was asked for before: kubelet hears of pods and of ConfigMaps by different watches, and may have
     *     refreshed the mount with the list of before
     */
    void refresh(List<AgentPod> behind, int nodes, long sequence, boolean again) {
        if (nodes <= NODES_AT_MOST) {
            behind.forEach(pod -> refresh(pod, String.valueOf(sequence), again));
        }
    }

    private void refresh(AgentPod pod, String sequence, boolean again) {
        if (!pod.refreshed().equals(Optional.of(sequence))) {
            annotate(pod, SEQUENCE, sequence);
        } else if (again) {
            annotate(pod, ASKED_AGAIN, clock.instant().toString());
        }
    }

    private void annotate(AgentPod pod, String key, String value) {
        PatchContext merge = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(FieldManager.NAME)
                .build();
        try {
            // Of an object, and not of a name: for that the client would read the pod first.
            client.resource(pod.reference())
                    .patch(merge, "{\"metadata\":{\"annotations\":{\"" + key + "\":\"" + value + "\"}}}");
        } catch (KubernetesClientException e) {
            log.warn("the agent on {} will see its new hosts later: {}", pod.node(), e.toString());
        }
    }
}
