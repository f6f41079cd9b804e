package dev.berth.v1alpha1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * Reads the spec or the status of a custom resource without ever failing. The list of all objects of a cluster is one JSON
 * document: if one object in it could not be read, no object could.
 *
 * <p>Fields and enum values that this version does not know are ignored, so that an operator works beside a newer CRD.
 *
 * @param value what was read; null when nothing was there, or when it could not be read
 * @param fault a sentence that says what could not be read; null when all could
 */
record SpecReading<T>(@Nullable T value, @Nullable String fault) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL);

    /**
     * Reads one part of a custom resource.
     *
     * @param part the part's name in the object: `spec` or `status`
     */
    static <T> SpecReading<T> of(String part, @Nullable JsonNode node, Class<T> type) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return new SpecReading<>(null, null);
        }
        try {
            return new SpecReading<>(JSON.treeToValue(node, type), null);
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            return new SpecReading<>(null, sentence(part, unreadable));
        }
    }

    /** Names the field, and leaves out the JSON library's own words. */
    private static String sentence(String part, Exception unreadable) {
        var path = new StringBuilder(part);
        if (unreadable instanceof JsonMappingException mapping) {
            for (var step : mapping.getPath()) {
                path.append(step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
            }
        }
        return path + " cannot be read by this version of Berth; correct it, or update Berth";
    }
}
