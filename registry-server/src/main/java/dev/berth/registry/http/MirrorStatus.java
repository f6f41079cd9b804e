package dev.berth.registry.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.registry.metadata.Mirrored;
import dev.berth.registry.upstream.client.UpstreamFailure;
import dev.berth.registry.upstream.mirror.Mirror;
import dev.berth.registry.upstream.mirror.MirrorCounts;
import dev.berth.registry.upstream.mirror.Mirrors;
import dev.berth.registry.upstream.sync.SyncStatus;
import dev.berth.registry.upstream.sync.Syncs;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How the mirrors are, for `/status`: what the operator copies into an ImageMirror's status. Bounded, however much they hold. */
public record MirrorStatus(Mirrors mirrors, Syncs syncs, Mirrored mirrored) {
    private static final int MOST_FAILURES = 10;

    boolean isEmpty() {
        return mirrors.isEmpty();
    }

    void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("mirrors");
        for (var mirror : mirrors.all()) {
            write(json, mirror);
        }
        json.writeEndArray();
    }

    private void write(JsonGenerator json, Mirror mirror) throws IOException {
        var settings = mirror.settings();
        var health = mirror.client().health();
        var counts = mirrored.counts(settings.prefix());
        var sync = syncs.status(settings.name());
        json.writeStartObject();
        json.writeStringField("name", settings.name());
        json.writeStringField("upstream", settings.upstream());
        json.writeStringField("mode", settings.choice().mode().toString());
        json.writeBooleanField("paused", settings.paused());
        json.writeBooleanField("reachable", health.reachable());
        json.writeStringField(
                "reason", health.failure().map(UpstreamFailure::reason).orElse(""));
        json.writeStringField(
                "message", health.failure().map(UpstreamFailure::sentence).orElse(""));
        time(json, "lastContact", health.lastContact());
        json.writeObjectFieldStart("counts");
        json.writeNumberField("repositories", counts.repositories());
        json.writeNumberField("tags", counts.tags());
        json.writeEndObject();
        json.writeNumberField("storedBytes", mirror.quota().storedBytes());
        json.writeBooleanField("full", mirror.quota().isFull());
        json.writeObjectFieldStart("requests");
        for (var result : MirrorCounts.Result.values()) {
            json.writeNumberField(
                    result.name().toLowerCase(Locale.ROOT), mirror.counts().of(result));
        }
        json.writeEndObject();
        if (sync.isPresent()) {
            write(json, sync.get());
        }
        if (mirror.client().limitRemaining().isPresent()) {
            json.writeNumberField(
                    "limitRemaining", mirror.client().limitRemaining().getAsLong());
        }
        write(json, failures(mirror, sync));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SyncStatus sync) throws IOException {
        json.writeObjectFieldStart("sync");
        json.writeBooleanField("running", sync.running());
        time(json, "started", sync.started());
        time(json, "lastSuccess", sync.lastSuccess());
        json.writeNumberField("done", sync.done());
        json.writeNumberField("total", sync.total());
        json.writeNumberField("waiting", sync.waiting());
        json.writeNumberField("bytes", sync.bytes());
        json.writeNumberField("bytesPerSecond", sync.bytesPerSecond());
        json.writeStringField("request", sync.request());
        json.writeEndObject();
    }

    /** What a sync couldn't copy, and after it what somebody asked for in vain. */
    private static List<SyncStatus.Failure> failures(Mirror mirror, Optional<SyncStatus> sync) {
        var asked = mirror.failures().newest().stream()
                .map(failure -> new SyncStatus.Failure(
                        failure.image(), failure.why().reason(), failure.why().sentence(), failure.nextTry()));
        return Stream.concat(sync.stream().flatMap(status -> status.failures().stream()), asked)
                .limit(MOST_FAILURES)
                .toList();
    }

    private static void write(JsonGenerator json, List<SyncStatus.Failure> failures) throws IOException {
        json.writeArrayFieldStart("failures");
        for (var failure : failures) {
            json.writeStartObject();
            json.writeStringField("image", failure.image());
            json.writeStringField("reason", failure.reason());
            json.writeStringField("message", failure.message());
            time(json, "nextTry", Optional.of(failure.nextTry()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void time(JsonGenerator json, String name, Optional<Instant> time) throws IOException {
        if (time.isPresent()) {
            json.writeStringField(name, time.get().toString());
        }
    }
}
