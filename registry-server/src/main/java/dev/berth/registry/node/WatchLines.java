package dev.berth.registry.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts the body of a watch into its events: JSON, one a line (Kubernetes API concepts, "Efficient detection of changes"). A line that is
 * longer than any event here, or not JSON, is passed over, so that what is kept in memory is bounded.
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
        byte[] whole = line.toByteArray();
        boolean read = !tooLong;
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
