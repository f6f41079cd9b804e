package dev.berth.operator.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.operator.resource.Sha256;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides why a server would be restarted: because the spec of its Registry has changed, or because the operator was
 * upgraded. Annotations of the StatefulSet hold the last applied revision. Pure.
 *
 * @param template SHA-256, in hex, of the pod template
 * @param generation of the Registry that the template follows from
 */
record PodTemplateRevision(String template, String generation) {
    /** Writes the keys of maps in order, since the order of labels differs between processes. */
    private static final ObjectWriter JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build()
            .writer();

    static final String TEMPLATE = "berth.dev/template-revision";
    static final String GENERATION = "berth.dev/registry-generation";

    static PodTemplateRevision of(PodTemplateSpec template, Registry registry) {
        return new PodTemplateRevision(
                Sha256.hex(json(template)),
                String.valueOf(registry.getMetadata().getGeneration()));
    }

    private static String json(PodTemplateSpec template) {
        try {
            return JSON.writeValueAsString(template);
        } catch (JsonProcessingException never) {
            throw new AssertionError("every pod template can be written as JSON", never);
        }
    }

    /** The annotations of the StatefulSet, in a map that the SDK can change. */
    Map<String, String> annotations() {
        return new TreeMap<>(Map.of(TEMPLATE, template, GENERATION, generation));
    }

    /** Whether this template would restart a running server although the Registry's spec has not changed. */
    boolean isUpgradeOf(StatefulSet actual) {
        var annotations =
                Optional.ofNullable(actual.getMetadata().getAnnotations()).orElse(Map.of());
        var sameSpec = generation.equals(annotations.getOrDefault(GENERATION, generation));
        return sameSpec && !template.equals(annotations.get(TEMPLATE)) && serves(actual);
    }

    private static boolean serves(StatefulSet set) {
        return Optional.ofNullable(set.getStatus())
                .flatMap(status -> Optional.ofNullable(status.getReadyReplicas()))
                .filter(ready -> ready > 0)
                .isPresent();
    }
}
