package dev.berth.registry.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** The JSON lines of an engine that pulls, pushes or loads. A failure comes inside, after status 200, as `errorDetail`. */
final class ProgressStream {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_LINE = 64 * 1024;
    /** A pull says a few hundred bytes at a time, up to ten times a second for each layer: this is a day of that. */
    private static final long LONGEST_STREAM = 1L << 30;

    private final EngineAddress engine;
    private final InputStream bytes;
    private long count;

    ProgressStream(EngineAddress engine, InputStream bytes) {
        this.engine = engine;
        this.bytes = new BufferedInputStream(bytes);
    }

    /**
     * Reads to the end.
     *
     * @throws EngineException if the engine reports an error, or its answer breaks off
     */
    void forEach(Asked asked, Consumer<JsonNode> line) {
        try {
            for (var text = next(); text.isPresent(); text = next()) {
                if (!text.get().isEmpty()) {
                    take(asked, JSON.readTree(text.get()), line);
                }
            }
        } catch (JsonProcessingException e) {
            throw EngineApi.broken(engine, "a line is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw EngineApi.broken(engine, String.valueOf(e.getMessage()));
        }
    }

    private static void take(Asked asked, JsonNode line, Consumer<JsonNode> taker) {
        var error = line.path("errorDetail")
                .path("message")
                .asText(line.path("error").asText());
        if (!error.isEmpty() || line.has("errorDetail")) {
            throw new EngineException(asked.refusal(error));
        }
        taker.accept(line);
    }

    /** The next line without its end; empty after the last. */
    private Optional<String> next() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var one = bytes.read(); one != '\n'; one = bytes.read()) {
            if (one < 0) {
                return line.size() == 0 ? Optional.empty() : Optional.of(text(line));
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("a line is longer than " + LONGEST_LINE + " bytes");
            }
            line.write(one);
        }
        count += line.size() + 1;
        if (count > LONGEST_STREAM) {
            throw new IOException("it does not end");
        }
        return Optional.of(text(line));
    }

    /** Lines end with CR and LF. */
    private static String text(ByteArrayOutputStream line) {
        return line.toString(StandardCharsets.UTF_8).strip();
    }
}
