package dev.berth.registry.upstream.sync;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds a string in a JSON document in one pass, without keeping the rest in memory. */
final class JsonMembers {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final byte[] bytes;

    JsonMembers(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The string at a path of names. Empty when there is no string, or when the document is not JSON. */
    Optional<String> text(String... path) {
        try (var json = JSON.createParser(bytes)) {
            json.nextToken();
            return find(json, List.of(path));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> find(JsonParser json, List<String> path) throws IOException {
        if (path.isEmpty()) {
            return json.currentToken() == JsonToken.VALUE_STRING ? Optional.of(json.getText()) : Optional.empty();
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals(path.getFirst())) {
                return find(json, path.subList(1, path.size()));
            }
            json.skipChildren();
        }
        return Optional.empty();
    }
}
