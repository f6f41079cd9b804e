package dev.berth.registry.management;

import dev.berth.protocol.status.MirrorReport;
import dev.berth.protocol.status.MirrorReport.Counts;
import dev.berth.protocol.status.MirrorReport.Failure;
import dev.berth.protocol.status.MirrorReport.Sync;
import dev.berth.registry.metadata.mirror.Mirrored;
import dev.berth.registry.upstream.mirror.Mirror;
import dev.berth.registry.upstream.mirror.MirrorCounts;
import dev.berth.registry.upstream.mirror.Mirrors;
import dev.berth.registry.upstream.sync.SyncStatus;
import dev.berth.registry.upstream.sync.Syncs;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The state of the mirrors for `/status`, which the operator copies into the status of ImageMirrors. Its size is bounded. */
public record MirrorStatus(Mirrors mirrors, Syncs syncs, Mirrored mirrored) {
    private static final int MOST_FAILURES = 10;

    List<MirrorReport> reports() {
        return mirrors.all().stream().map(this::report).toList();
    }

    /** The state of one mirror; empty if there is none of this name. */
    Optional<MirrorReport> report(String name) {
        return mirrors.all().stream()
                .filter(mirror -> mirror.settings().name().equals(name))
                .findFirst()
                .map(this::report);
    }

    private MirrorReport report(Mirror mirror) {
        var settings = mirror.settings();
        var health = mirror.client().health();
        var counts = mirrored.counts(settings.prefix());
        var sync = syncs.status(settings.name());
        return new MirrorReport(
                settings.name(),
                settings.upstream(),
                settings.choice().mode().toString(),
                settings.paused(),
                Optional.of(health.reachable()),
                health.failure().map(UpstreamFailure::reason).orElse(""),
                health.failure().map(UpstreamFailure::sentence).orElse(""),
                health.lastContact().map(Instant::toString),
                Optional.of(new Counts(counts.repositories(), counts.tags())),
                mirror.quota().storedBytes(),
                mirror.quota().isFull(),
                requests(mirror.counts()),
                sync.map(MirrorStatus::sync),
                mirror.client().limitRemaining().stream().boxed().findFirst(),
                failures(mirror, sync));
    }

    private static Map<String, Long> requests(MirrorCounts counts) {
        var requests = new LinkedHashMap<String, Long>();
        for (var result : MirrorCounts.Result.values()) {
            requests.put(result.name().toLowerCase(Locale.ROOT), counts.of(result));
        }
        return requests;
    }

    static Sync sync(SyncStatus sync) {
        return new Sync(
                sync.running(),
                sync.started().map(Instant::toString),
                sync.lastSuccess().map(Instant::toString),
                sync.done(),
                sync.total(),
                sync.waiting(),
                sync.bytes(),
                sync.bytesPerSecond(),
                sync.request(),
                sync.next().map(Instant::toString));
    }

    /** The images that a sync could not copy, and then those that a client asked for in vain. */
    private static List<Failure> failures(Mirror mirror, Optional<SyncStatus> sync) {
        var copied = sync.stream()
                .flatMap(status -> status.failures().stream())
                .map(failure -> failure(failure.image(), failure.reason(), failure.message(), failure.nextTry()));
        var asked = mirror.failures().newest().stream()
                .map(failure -> failure(
                        failure.image(), failure.why().reason(), failure.why().sentence(), failure.nextTry()));
        return Stream.concat(copied, asked).limit(MOST_FAILURES).toList();
    }

    private static Failure failure(String image, String reason, String message, Instant nextTry) {
        return new Failure(image, reason, message, Optional.of(nextTry.toString()));
    }
}
