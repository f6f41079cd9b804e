package dev.berth.registry.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.registry.metadata.Mirrored;
import dev.berth.registry.upstream.client.UpstreamFailure;
import dev.berth.registry.upstream.mirror.Mirror;
import dev.berth.registry.upstream.mirror.MirrorCounts;
import dev.berth.registry.upstream.mirror.Mirrors;
import dev.berth.registry.upstream.mirror.RecentFailures;
import java.io.IOException;
import java.util.Locale;

/** How the mirrors are, as a part of `/status`: what the operator copies into an ImageMirror's status. */
record MirrorStatus(Mirrors mirrors, Mirrored mirrored) {
    void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("mirrors");
        for (var mirror : mirrors.all()) {
            json.writeStartObject();
            write(json, mirror);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(JsonGenerator json, Mirror mirror) throws IOException {
        var health = mirror.client().health();
        json.writeStringField("name", mirror.settings().name());
        json.writeStringField("upstream", mirror.settings().upstream());
        json.writeStringField("mode", mirror.settings().choice().mode().toString());
        json.writeBooleanField("paused", mirror.settings().paused());
        json.writeBooleanField("reachable", health.reachable());
        json.writeStringField(
                "reason", health.failure().map(UpstreamFailure::reason).orElse(""));
        json.writeStringField(
                "message", health.failure().map(UpstreamFailure::sentence).orElse(""));
        if (health.lastContact().isPresent()) {
            json.writeStringField("lastContact", health.lastContact().get().toString());
        }
        var limit = mirror.client().limitRemaining();
        if (limit.isPresent()) {
            json.writeNumberField("limitRemaining", limit.getAsLong());
        }
        writeCounts(json, mirror);
        json.writeArrayFieldStart("failures");
        for (var failure : mirror.failures().newest()) {
            write(json, failure);
        }
        json.writeEndArray();
    }

    private void writeCounts(JsonGenerator json, Mirror mirror) throws IOException {
        var stored = mirrored.counts(mirror.settings().prefix());
        json.writeObjectFieldStart("counts");
        json.writeNumberField("repositories", stored.repositories());
        json.writeNumberField("tags", stored.tags());
        json.writeEndObject();
        json.writeObjectFieldStart("requests");
        for (var result : MirrorCounts.Result.values()) {
            json.writeNumberField(
                    result.name().toLowerCase(Locale.ROOT), mirror.counts().of(result));
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, RecentFailures.Failure failure) throws IOException {
        json.writeStartObject();
        json.writeStringField("image", failure.image());
        json.writeStringField("reason", failure.why().reason());
        json.writeStringField("message", failure.why().sentence());
        json.writeStringField("nextTry", failure.nextTry().toString());
        json.writeEndObject();
    }
}
