package dev.berth.registry.upstream.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** JSON that another server sent. JSON with duplicate names or with text after its end is not accepted. */
final class AnsweredJson {
    // The field names come from other servers. Interned, they would stay in memory.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final ObjectReader READER = JsonMapper.builder(JSON)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private AnsweredJson() {}

    /** A parser for documents that are too long for a tree. Its reader must check that nothing comes after the end. */
    static JsonParser parser(byte[] body) throws IOException {
        return JSON.createParser(body);
    }

    /** Empty when it isn't an object. */
    static Optional<JsonNode> object(byte[] body) {
        try {
            return Optional.ofNullable(READER.readTree(body)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
