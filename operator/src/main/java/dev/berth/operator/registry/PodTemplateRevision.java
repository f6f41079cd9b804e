package dev.berth.operator.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells why a server would be restarted: because its Registry's spec has changed, or because the operator has (a new image, a new
 * argument). Annotations of the StatefulSet say what was applied last. Pure.
 *
 * @param template SHA-256, in hex, of the pod template that the operator wants
 * @param generation of the Registry that the template follows from
 */
record PodTemplateRevision(String template, String generation) {

    /** With keys in order: labels come from maps whose order is another one in each process. */
    private static final ObjectWriter JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build()
            .writer();

    static final String TEMPLATE = "berth.dev/template-revision";
    static final String GENERATION = "berth.dev/registry-generation";

    static PodTemplateRevision of(PodTemplateSpec template, Registry registry) {
        return new PodTemplateRevision(
                sha256(json(template)), String.valueOf(registry.getMetadata().getGeneration()));
    }

    private static String json(PodTemplateSpec template) {
        try {
            return JSON.writeValueAsString(template);
        } catch (JsonProcessingException never) {
            throw new AssertionError("every pod template can be written as JSON", never);
        }
    }

    /** What the StatefulSet says of this revision; a map that may be changed, as the SDK does. */
    Map<String, String> annotations() {
        return new TreeMap<>(Map.of(TEMPLATE, template, GENERATION, generation));
    }

    /** Whether applying this would restart a server that serves, for no reason that the Registry's owner gave. */
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

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException never) {
            throw new AssertionError("every JDK has SHA-256", never);
        }
    }
}
