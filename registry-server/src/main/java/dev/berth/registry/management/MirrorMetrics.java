package dev.berth.registry.management;

import dev.berth.registry.upstream.client.UpstreamCounts;
import dev.berth.registry.upstream.mirror.Mirror;
import dev.berth.registry.upstream.mirror.MirrorCounts;
import dev.berth.registry.upstream.mirror.Mirrors;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Meters of mirrors and their upstreams. Mirrors change while the server runs, so each scrape adds the meters of new ones. A server without
 * mirrors has none.
 */
final class MirrorMetrics {
    private final Mirrors mirrors;
    private final Set<Object> registered = new HashSet<>();

    MirrorMetrics(Mirrors mirrors) {
        this.mirrors = mirrors;
    }

    synchronized void registerNew(MeterRegistry registry) {
        mirrors.counts().requests().keySet().stream().filter(registered::add).forEach(kind -> requests(registry, kind));
        mirrors.counts().bytes().keySet().stream()
                .filter(upstream -> registered.add("bytes " + upstream))
                .forEach(upstream -> bytes(registry, upstream));
        for (var mirror : mirrors.all()) {
            var upstream = mirror.settings().upstream();
            if (registered.add("mirror " + upstream)) {
                results(registry, upstream);
            }
            var name = mirror.settings().name();
            if (registered.add("stored " + name)) {
                stored(registry, name);
            }
            if (mirror.client().limitRemaining().isPresent() && registered.add("limit " + upstream)) {
                limit(registry, upstream);
            }
        }
    }

    private void requests(MeterRegistry registry, UpstreamCounts.Kind kind) {
        FunctionCounter.builder(
                        "berth.upstream.requests",
                        mirrors.counts(),
                        counts -> counts.requests().getOrDefault(kind, 0L))
                .description("Requests to mirrored registries, by what came of them.")
                .tags("upstream", kind.upstream(), "result", kind.result())
                .register(registry);
    }

    private void bytes(MeterRegistry registry, String upstream) {
        FunctionCounter.builder(
                        "berth.upstream.received.bytes",
                        mirrors.counts(),
                        counts -> counts.bytes().getOrDefault(upstream, 0L))
                .description("Bytes that came from mirrored registries.")
                .tag("upstream", upstream)
                .register(registry);
    }

    private void results(MeterRegistry registry, String upstream) {
        for (var result : MirrorCounts.Result.values()) {
            FunctionCounter.builder(
                            "berth.mirror.requests",
                            mirrors,
                            all -> of(all, upstream)
                                    .map(mirror -> mirror.counts().of(result))
                                    .orElse(0L))
                    .description("Requests for images of mirrored registries, by where the answer came from.")
                    .tags("upstream", upstream, "result", result.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        FunctionCounter.builder(
                        "berth.mirror.served.bytes",
                        mirrors,
                        all -> of(all, upstream)
                                .map(mirror -> mirror.counts().servedBytes())
                                .orElse(0L))
                .description("Bytes of mirrored manifests and blobs that clients were answered with.")
                .tag("upstream", upstream)
                .register(registry);
    }

    private void stored(MeterRegistry registry, String name) {
        Gauge.builder(
                        "berth.mirror.stored.bytes",
                        mirrors,
                        all -> all.all().stream()
                                .filter(mirror -> mirror.settings().name().equals(name))
                                .mapToDouble(mirror -> mirror.quota().storedBytesLately())
                                .findFirst()
                                .orElse(Double.NaN))
                .description("Bytes that a mirror keeps, each blob counted once.")
                .tag("mirror", name)
                .register(registry);
    }

    private void limit(MeterRegistry registry, String upstream) {
        Gauge.builder(
                        "berth.upstream.limit.remaining",
                        mirrors,
                        all -> of(all, upstream)
                                .map(mirror -> (double)
                                        mirror.client().limitRemaining().orElse(0))
                                .orElse(Double.NaN))
                .description("Pulls that a mirrored registry still allows, as it last said.")
                .tag("upstream", upstream)
                .register(registry);
    }

    private static Optional<Mirror> of(Mirrors mirrors, String upstream) {
        return mirrors.all().stream()
                .filter(mirror -> mirror.settings().upstream().equals(upstream))
                .findFirst();
    }
}
