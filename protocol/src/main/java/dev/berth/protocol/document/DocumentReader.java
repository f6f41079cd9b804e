package dev.berth.protocol.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;

/**
 * Reads documents of another program, which may be an older or newer version of Berth, or not Berth at all. It
 * ignores unknown fields, and a value of an unexpected type counts as absent. Any thread.
 */
public final class DocumentReader {
    private static final int DEEPEST = 20;

    private final ObjectMapper mapper;

    private DocumentReader(JsonFactory format, int longestText) {
        this.mapper = JsonMapper.builder(format)
                .addModule(new Jdk8Module())
                .addModule(new TolerantValues(longestText))
                .addHandler(new UnexpectedValues())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .withCoercionConfigDefaults(
                        coercions -> coercions.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull))
                .build();
    }

    /**
     * A reader of JSON.
     *
     * @param longestText longer texts are cut to this many characters
     */
    public static DocumentReader json(int longestText) {
        return new DocumentReader(
                JsonFactory.builder().streamReadConstraints(constraints()).build(), longestText);
    }

    /**
     * A reader of YAML.
     *
     * @param longestText longer texts are cut to this many characters
     */
    public static DocumentReader yaml(int longestText) {
        return new DocumentReader(
                YAMLFactory.builder().streamReadConstraints(constraints()).build(), longestText);
    }

    /**
     * Parses the bytes into an object.
     *
     * @throws IOException if they are not well-formed, or not an object
     */
    public ObjectNode object(byte[] bytes) throws IOException {
        if (mapper.readTree(bytes) instanceof ObjectNode object) {
            return object;
        }
        throw new NoObject();
    }

    /**
     * Reads an object into a record.
     *
     * @throws IOException if that is not possible
     */
    public <T> T read(JsonNode object, Class<T> type) throws IOException {
        return mapper.treeToValue(object, type);
    }

    private static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build();
    }
}
