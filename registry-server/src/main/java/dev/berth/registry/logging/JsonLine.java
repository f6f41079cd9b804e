package dev.berth.registry.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** Writes each event as one line of JSON; its fields, such as those of the audit log, stand at the top with their own types. */
final class JsonLine extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new ByteArrayOutputStream(256);
        try (var json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("timestamp", event.getInstant().toString());
            json.writeStringField("level", event.getLevel().toString());
            json.writeStringField("logger", event.getLoggerName());
            json.writeStringField("thread", event.getThreadName());
            json.writeStringField("message", event.getFormattedMessage());
            writeFields(json, event.getKeyValuePairs());
            if (event.getThrowableProxy() != null) {
                json.writeStringField("stackTrace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes every text", e);
        }
        line.write('\n');
        return line.toByteArray();
    }

    /** @param fields null when there are none */
    private static void writeFields(JsonGenerator json, @Nullable List<KeyValuePair> fields) throws IOException {
        if (fields == null) {
            return;
        }
        for (var field : fields) {
            switch (field.value) {
                case Integer number -> json.writeNumberField(field.key, number);
                case Long number -> json.writeNumberField(field.key, number);
                case Boolean flag -> json.writeBooleanField(field.key, flag);
                default -> json.writeStringField(field.key, String.valueOf(field.value));
            }
        }
    }
}
