package dev.berth.registry.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** The spec's error body (distribution-spec, "Error Codes"): `{"errors":[{"code":…,"message":…}]}`. */
final class ErrorBody {
    private ErrorBody() {}

    /** One error per detail; an empty one is left out. */
    static JsonBody.Writing of(Refusal refusal, List<String> details) {
        return json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("errors");
            for (var detail : details) {
                write(json, refusal, detail);
            }
            json.writeEndArray();
            json.writeEndObject();
        };
    }

    private static void write(JsonGenerator json, Refusal refusal, String detail) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", refusal.code());
        // Clients show the message alone, so it says what exactly too.
        json.writeStringField("message", detail.isEmpty() ? refusal.sentence() : refusal.sentence() + ": " + detail);
        json.writeEndObject();
    }
}
