package dev.berth.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The states of a custom resource by kstatus, in the order in which `Compute` of sigs.k8s.io/cli-utils/pkg/kstatus/status looks for them. Flux
 * and `kubectl`'s plugins wait by these rules.
 */
public enum KstatusResult {
    CURRENT,
    IN_PROGRESS,
    FAILED,
    TERMINATING;

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    public static KstatusResult of(JsonNode object) {
        if (!object.at("/metadata/deletionTimestamp").asText().isEmpty()) {
            return TERMINATING;
        }
        var generation = object.at("/metadata/generation");
        var observed = object.at("/status/observedGeneration");
        if (generation.isNumber() && observed.isNumber() && generation.longValue() != observed.longValue()) {
            return IN_PROGRESS;
        }
        for (var condition : object.at("/status/conditions")) {
            var holds = condition.path("status").asText().equals("True");
            if (holds && condition.path("type").asText().equals("Reconciling")) {
                return IN_PROGRESS;
            }
            if (holds && condition.path("type").asText().equals("Stalled")) {
                return FAILED;
            }
        }
        return ready(object).filter(status -> !status.equals("True")).isPresent() ? IN_PROGRESS : CURRENT;
    }

    /** The state of an object that fabric8 has read or made. */
    public static KstatusResult of(Object object) {
        return of(JSON.convertValue(object, JsonNode.class));
    }

    /** Without this condition, kstatus takes a resource for current. */
    private static Optional<String> ready(JsonNode object) {
        return StreamSupport.stream(object.at("/status/conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals("Ready"))
                .map(condition -> condition.path("status").asText())
                .findFirst();
    }
}
