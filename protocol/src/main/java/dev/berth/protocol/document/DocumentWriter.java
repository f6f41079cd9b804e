package dev.berth.protocol.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.UncheckedIOException;

/** Writes records as JSON, their components in order. Any thread. */
public final class DocumentWriter {
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    private DocumentWriter() {}

    /** The document. */
    public static String json(Record document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException never) {
            throw new UncheckedIOException("a record of texts and numbers is JSON", never);
        }
    }
}
