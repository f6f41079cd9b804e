package dev.berth.registry.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.registry.storage.Stores;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * How the server is, for `/status`: what the operator copies into a Registry's status.
 *
 * @param revision of the configuration that is in force
 */
public record ServerStatus(
        String version, Clock clock, Instant started, Supplier<String> revision, Stores stores, MirrorStatus mirrors) {
    void write(JsonGenerator json) throws IOException {
        var counts = stores.metadata().totals().read();
        var space = stores.content().space();
        json.writeStartObject();
        json.writeStringField("version", version);
        json.writeNumberField(
                "uptimeSeconds", Duration.between(started, clock.instant()).toSeconds());
        json.writeStringField("configurationRevision", revision.get());
        json.writeObjectFieldStart("storage");
        json.writeNumberField("usedBytes", counts.blobBytes());
        json.writeNumberField("capacityBytes", space.capacityBytes());
        json.writeNumberField("freeBytes", space.freeBytes());
        json.writeBooleanField("full", stores.room().isFull());
        json.writeStringField("message", stores.room().message());
        json.writeEndObject();
        json.writeNumberField("repositories", counts.repositories());
        json.writeNumberField("tags", counts.tags());
        json.writeNumberField("manifests", counts.manifests());
        json.writeNumberField("blobs", counts.blobs());
        json.writeNumberField("uploads", counts.uploads());
        if (!mirrors.isEmpty()) {
            mirrors.write(json);
        }
        json.writeEndObject();
    }
}
