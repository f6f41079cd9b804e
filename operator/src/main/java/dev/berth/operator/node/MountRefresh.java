package dev.berth.operator.node;

import dev.berth.operator.registry.FieldManager;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes kubelet refresh what is mounted into an agent's pod at once, and not within a minute or two: it does so whenever the pod changes. */
final class MountRefresh {
    static final String REVISION = "berth.dev/hosts-revision";
    static final String ASKED_AGAIN = "berth.dev/hosts-asked-again";

    private static final Logger log = LoggerFactory.getLogger(MountRefresh.class);

    private final KubernetesClient client;
    private final Clock clock;

    MountRefresh(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Changes an annotation of the pod.
     *
     * @param revision that the agent should follow, and doesn't
     * @param again whether also where that was asked for before: kubelet hears of pods and of ConfigMaps by different watches, and may have
     *     refreshed the mount with the list of before
     */
    void refresh(Pod pod, String revision, boolean again) {
        Map<String, String> annotations =
                Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(Map.of());
        if (!revision.equals(annotations.get(REVISION))) {
            annotate(pod, REVISION, revision);
        } else if (again) {
            annotate(pod, ASKED_AGAIN, clock.instant().toString());
        }
    }

    private void annotate(Pod pod, String key, String value) {
        PatchContext merge = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(FieldManager.NAME)
                .build();
        try {
            client.resource(pod).patch(merge, "{\"metadata\":{\"annotations\":{\"" + key + "\":\"" + value + "\"}}}");
        } catch (KubernetesClientException e) {
            log.warn(
                    "the agent on {} will see its new hosts later: {}",
                    pod.getSpec().getNodeName(),
                    e.toString());
        }
    }
}
