package dev.berth.registry.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * A line of what an engine says while it pulls, pushes or loads.
 *
 * @param layer the short digest of the layer that it is about; empty if it is about the whole
 * @param status such as `Downloading`
 * @param done the bytes of the layer that are done
 * @param total the bytes of the layer
 */
public record ProgressEvent(String layer, String status, OptionalLong done, OptionalLong total) {
    static ProgressEvent read(JsonNode line) {
        var detail = line.path("progressDetail");
        // A load says in `stream` what the others say in `status`.
        var status = line.path("status").asText(line.path("stream").asText());
        return new ProgressEvent(
                Printable.of(line.path("id").asText()),
                Printable.of(status),
                number(detail.path("current")),
                number(detail.path("total")));
    }

    private static OptionalLong number(JsonNode node) {
        return node.canConvertToLong() && node.asLong() > 0 ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
    }
}
