package dev.berth.operator.node;

import dev.berth.operator.resource.FieldManager;
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
 * Makes kubelet refresh the files that are mounted into an agent's Pod. Kubelet does so whenever the Pod changes, and
 * otherwise within a minute or two. It is done only in clusters of few nodes: in a large one, a write for each node
 * and each change would be too many.
 */
final class MountRefresh {
    static final String SEQUENCE = "berth.dev/hosts-sequence";
    static final String ASKED_AGAIN = "berth.dev/hosts-asked-again";
    static final int NODES_AT_MOST = 50;

    private static final Logger LOG = LoggerFactory.getLogger(MountRefresh.class);

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
        var merge = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(FieldManager.NAME)
                .build();
        try {
            // By an object: for a patch by name the client would read the pod first.
            client.resource(pod.reference())
                    .patch(merge, "{\"metadata\":{\"annotations\":{\"" + key + "\":\"" + value + "\"}}}");
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "the mounted list of hosts on node {} was not refreshed; its agent reads the new hosts later: {}",
                    pod.node(),
                    e.toString());
        }
    }
}
