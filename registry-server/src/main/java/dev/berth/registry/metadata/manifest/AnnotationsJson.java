package dev.berth.registry.metadata.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Map;
import java.util.Optional;

/** Annotations in the form of the database: a JSON object of strings. */
final class AnnotationsJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private static final String NONE = "{}";

    private AnnotationsJson() {}

    static String write(Map<String, String> annotations) {
        try {
            return JSON.writeValueAsString(annotations);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always JSON", e);
        }
    }

    static Optional<String> ofColumn(String text) {
        return text.equals(NONE) ? Optional.empty() : Optional.of(text);
    }
}
