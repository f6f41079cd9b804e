package dev.berth.registry.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Annotations as the database holds them: a JSON object of strings. */
final class AnnotationsJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TYPE = new TypeReference<>() {};

    private static final String NONE = "{}";

    private AnnotationsJson() {}

    static String write(Map<String, String> annotations) {
        try {
            return JSON.writeValueAsString(annotations);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always JSON", e);
        }
    }

    static Map<String, String> read(String text) {
        if (text.equals(NONE)) {
            return Map.of();
        }
        try {
            return JSON.readValue(text, TYPE);
        } catch (JsonProcessingException e) {
            throw new MetadataException("annotations in the database can't be read: " + e.getOriginalMessage(), e);
        }
    }
}
