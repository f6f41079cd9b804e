package dev.berth.registry.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON written field by field: the few bodies that this server makes need no object mapper, and no time to start one. */
final class JsonBody {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonBody() {}

    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    static Body.Bytes of(String contentType, Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try (var json = FACTORY.createGenerator(bytes)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can't fail to be written", e);
        }
        return new Body.Bytes(contentType, bytes.toByteArray());
    }
}
