package dev.berth.registry.management;

import dev.berth.registry.maintenance.CollectionHistory;
import dev.berth.registry.maintenance.Maintenance;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.function.ToDoubleFunction;

/** Meters of the collections since the server started. */
record CollectionMetrics(MeterRegistry registry, Maintenance maintenance) {
    private static final double MILLIS = 1000;

    void register() {
        counter("runs", "Collections that have run.", CollectionHistory::runs);
        counter("failures", "Of these, those that failed.", CollectionHistory::failures);
        counter("manifests", "Untagged manifests removed.", h -> h.total().manifests());
        counter("blobs", "Blobs removed.", h -> h.total().blobs());
        counter("bytes", "Bytes of blobs removed.", h -> h.total().bytes());
        counter(
                "uploads",
                "Uploads removed that nobody went on with.",
                h -> h.total().uploads());
        counter("seconds", "Time that collections took.", h -> h.worked().toMillis() / MILLIS);
        gauge(
                "last.seconds",
                "Time that the last collection took.",
                h -> h.last().toMillis() / MILLIS);
        gauge(
                "last.success.timestamp.seconds",
                "When a collection last succeeded, in seconds since 1970; 0 for never.",
                h -> h.lastSuccess().map(Instant::getEpochSecond).orElse(0L));
    }

    private void counter(String name, String description, ToDoubleFunction<CollectionHistory> value) {
        FunctionCounter.builder("berth.collection." + name, maintenance, m -> value.applyAsDouble(m.history()))
                .description(description)
                .register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<CollectionHistory> value) {
        Gauge.builder("berth.collection." + name, maintenance, m -> value.applyAsDouble(m.history()))
                .description(description)
                .register(registry);
    }
}
