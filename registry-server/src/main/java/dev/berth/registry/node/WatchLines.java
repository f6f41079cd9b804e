package dev.berth.registry.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Splits the body of a watch into events, one line of JSON each (Kubernetes API concepts, "Efficient detection of changes"). Lines that are
 * not JSON or longer than any event are skipped, which bounds memory.
 */
final class WatchLines implements Consumer<Optional<byte[]>> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_LINE = 1 << 20;

    private final Consumer<JsonNode> event;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;

    WatchLines(Consumer<JsonNode> event) {
        this.event = event;
    }

    @Override
    public void accept(Optional<byte[]> chunk) {
        for (byte next : chunk.orElse(new byte[0])) {
            if (next == '\n') {
                end();
            } else if (line.size() < LONGEST_LINE) {
                line.write(next);
            } else {
                tooLong = true;
            }
        }
    }

    private void end() {
        var whole = line.toByteArray();
        var read = !tooLong;
        line.reset();
        tooLong = false;
        if (read) {
            parse(whole).ifPresent(event);
        }
    }

    private static Optional<JsonNode> parse(byte[] line) {
        try {
            return Optional.ofNullable(JSON.readTree(line));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
