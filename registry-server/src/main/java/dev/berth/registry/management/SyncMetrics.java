package dev.berth.registry.management;

import dev.berth.registry.upstream.sync.SyncStatus;
import dev.berth.registry.upstream.sync.Syncs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Meters of scheduled mirrors. Each scrape adds those of new mirrors; the meters of deleted mirrors have no value. */
final class SyncMetrics {
    private final Syncs syncs;
    private final Set<String> registered = new HashSet<>();

    SyncMetrics(Syncs syncs) {
        this.syncs = syncs;
    }

    synchronized void registerNew(MeterRegistry registry) {
        syncs.names().stream().filter(registered::add).forEach(mirror -> register(registry, mirror));
    }

    private void register(MeterRegistry registry, String mirror) {
        gauge(registry, mirror, "berth.sync.running", "Whether the mirror copies now.", sync -> sync.running() ? 1 : 0);
        gauge(registry, mirror, "berth.sync.tags.wanted", "Tags that the last sync was to bring.", SyncStatus::total);
        gauge(
                registry,
                mirror,
                "berth.sync.tags.done",
                "Of them, those that are here as they are wanted.",
                SyncStatus::done);
        gauge(registry, mirror, "berth.sync.waiting", "Images that are to be tried again.", SyncStatus::waiting);
        gauge(registry, mirror, "berth.sync.bytes", "Bytes that the last sync has fetched so far.", SyncStatus::bytes);
        gauge(
                registry,
                mirror,
                "berth.sync.last.success.seconds",
                "When a sync last ended well, in seconds since 1970; 0 for never.",
                sync -> sync.lastSuccess()
                        .map(Instant::getEpochSecond)
                        .map(Long::doubleValue)
                        .orElse(0.0));
    }

    private void gauge(
            MeterRegistry registry,
            String mirror,
            String name,
            String description,
            ToDoubleFunction<SyncStatus> value) {
        Gauge.builder(
                        name,
                        syncs,
                        all -> all.status(mirror).map(value::applyAsDouble).orElse(Double.NaN))
                .description(description)
                .tag("mirror", mirror)
                .register(registry);
    }
}
