package dev.berth.registry.management;

import dev.berth.registry.access.LoginCounts;
import dev.berth.registry.http.RequestListener;
import dev.berth.registry.http.ServerThreads;
import dev.berth.registry.maintenance.Maintenance;
import dev.berth.registry.metadata.Counts;
import dev.berth.registry.storage.Stores;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;

/** The metrics for Prometheus: requests by route, stored content, logins, mirrors, the process. For any thread. */
public final class ServerMetrics {
    private final CompletableFuture<PrometheusMeterRegistry> registry;
    private final RequestMetrics requests;
    private final MirrorMetrics mirrors;
    private final SyncMetrics syncs;

    /** Registers the meters in the background, so that the first request does not wait for them. */
    public ServerMetrics(
            ServerThreads threads, Stores stores, LoginCounts logins, Maintenance maintenance, MirrorStatus mirrors) {
        this.registry = CompletableFuture.supplyAsync(() -> meters(stores, logins, maintenance), threads.virtual());
        this.requests = new RequestMetrics(registry);
        this.mirrors = new MirrorMetrics(mirrors.mirrors());
        this.syncs = new SyncMetrics(mirrors.syncs());
    }

    private static PrometheusMeterRegistry meters(Stores stores, LoginCounts logins, Maintenance maintenance) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        count(
                registry,
                "berth.repositories",
                "Repositories that hold something.",
                stores,
                s -> counts(s).repositories());
        count(
                registry,
                "berth.tags",
                "Tags of all repositories.",
                stores,
                s -> counts(s).tags());
        count(
                registry,
                "berth.manifests",
                "Manifests and indexes stored.",
                stores,
                s -> counts(s).manifests());
        count(
                registry,
                "berth.blobs",
                "Blobs stored, each counted once.",
                stores,
                s -> counts(s).blobs());
        count(
                registry,
                "berth.blob.bytes",
                "Bytes of the blobs stored.",
                stores,
                s -> counts(s).blobBytes());
        count(
                registry,
                "berth.uploads.open",
                "Uploads that were started and not finished.",
                stores,
                s -> counts(s).uploads());
        count(
                registry,
                "berth.storage.capacity.bytes",
                "Size of what holds the data.",
                stores,
                s -> s.content().capacity().capacityBytes());
        count(
                registry,
                "berth.storage.free.bytes",
                "Room left there.",
                stores,
                s -> s.content().capacity().freeBytes());
        count(
                registry,
                "berth.storage.full",
                "1 while pushes are refused for lack of room, else 0.",
                stores,
                s -> s.room().isFull() ? 1 : 0);
        count(
                registry,
                "berth.quota.bytes",
                "How many bytes may be stored; NaN without a quota.",
                stores,
                s -> s.quota().mostBytes().isPresent() ? s.quota().mostBytes().getAsLong() : Double.NaN);
        count(
                registry,
                "berth.quota.used.bytes",
                "Bytes that count towards the quota: blobs, each once, manifests and unfinished uploads.",
                stores,
                s -> s.quota().usedBytes());
        count(
                registry,
                "berth.quota.reached",
                "1 while pushes are refused because the quota is used up, else 0.",
                stores,
                s -> s.quota().isReached() ? 1 : 0);
        for (var result : LoginCounts.Result.values()) {
            FunctionCounter.builder("berth.logins", logins, counts -> counts.of(result))
                    .description("Requests with credentials, by what came of them.")
                    .tag("result", result.toString())
                    .register(registry);
        }
        new CollectionMetrics(registry, maintenance).register();
        FunctionCounter.builder("berth.tokens.issued", logins, LoginCounts::tokensIssued)
                .description("Tokens given to clients.")
                .register(registry);
        new UptimeMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        return registry;
    }

    /** The listener that counts requests. */
    public RequestListener requests() {
        return requests;
    }

    /** The metrics in Prometheus' text format. */
    String scrape() {
        var meters = registry.join();
        mirrors.registerNew(meters);
        syncs.registerNew(meters);
        return meters.scrape();
    }

    private static Counts counts(Stores stores) {
        return stores.metadata().totals().read();
    }

    private static void count(
            PrometheusMeterRegistry registry,
            String name,
            String description,
            Stores stores,
            ToDoubleFunction<Stores> value) {
        Gauge.builder(name, stores, value).description(description).register(registry);
    }
}
