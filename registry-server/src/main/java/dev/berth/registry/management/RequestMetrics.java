package dev.berth.registry.management;

import dev.berth.registry.http.Exchange;
import dev.berth.registry.http.RequestListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts requests by route, with their status and duration. To look a meter up by its tags costs more than a small request, so the meters in
 * use are kept in a map, which stays small.
 */
final class RequestMetrics implements RequestListener {
    /** From a manifest in memory to a large layer over a slow network. */
    private static final Duration[] BUCKETS = Arrays.stream(
                    new int[] {1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000
                    })
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** All other methods are counted as one, since clients could invent any number of them. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final int FAILED = 500;

    private final CompletableFuture<? extends MeterRegistry> registry;
    private final ConcurrentHashMap<Kind, Meters> meters = new ConcurrentHashMap<>();
    private final LongAdder underWay = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder failures = new LongAdder();

    private record Kind(String method, String route, int status) {}

    private record Meters(Timer timer, Optional<Counter> uploads, Optional<Counter> pushed) {}

    /**
     * Registers the meters.
     *
     * @param registry may complete later: requests do not wait for it, and are counted when it is there
     */
    RequestMetrics(CompletableFuture<? extends MeterRegistry> registry) {
        this.registry = registry;
        var _ = registry.thenAccept(ready -> {
            Gauge.builder("berth.http.requests.active", underWay, LongAdder::sum)
                    .description("Requests whose answer hasn't left yet.")
                    .register(ready);
            FunctionCounter.builder("berth.http.received.bytes", received, LongAdder::sum)
                    .description("Bytes of requests' bodies.")
                    .register(ready);
            // The counter exists from the start: Prometheus sees no increase in one that appears with its first
            // failure.
            FunctionCounter.builder("berth.http.failures", failures, LongAdder::sum)
                    .description("Requests answered 500, by a fault of this server or of its disk.")
                    .register(ready);
            FunctionCounter.builder("berth.http.sent.bytes", sent, LongAdder::sum)
                    .description("Bytes of answers.")
                    .register(ready);
        });
    }

    @Override
    public void began(Exchange exchange) {
        underWay.increment();
    }

    @Override
    public void ended(Exchange exchange, int status) {
        underWay.decrement();
        received.add(exchange.bytesReceived());
        sent.add(exchange.bytesSent());
        failures.add(status == FAILED ? 1 : 0);
        var method = METHODS.contains(exchange.method()) ? exchange.method() : "other";
        var kind = new Kind(method, exchange.route(), status);
        var elapsed = exchange.elapsed();
        var _ = registry.thenAccept(ready -> count(ready, kind, elapsed));
    }

    private void count(MeterRegistry ready, Kind kind, Duration elapsed) {
        var of = meters.computeIfAbsent(kind, _ -> register(ready, kind));
        of.timer().record(elapsed);
        of.uploads().ifPresent(Counter::increment);
        of.pushed().ifPresent(Counter::increment);
    }

    private static Meters register(MeterRegistry registry, Kind kind) {
        var timer = Timer.builder("berth.http.requests")
                .description("Requests, by route as the distribution spec writes it, until their answer has left.")
                .tags("method", kind.method(), "route", kind.route(), "status", Integer.toString(kind.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        var uploads = uploadEvent(kind)
                .map(event -> Counter.builder("berth.uploads")
                        .description("Uploads of blobs, by what became of them.")
                        .tag("event", event)
                        .register(registry));
        var pushed = pushed(kind)
                .map(what -> Counter.builder("berth.pushed")
                        .description("Manifests and blobs stored for clients.")
                        .tag("what", what)
                        .register(registry));
        return new Meters(timer, uploads, pushed);
    }

    private static Optional<String> uploadEvent(Kind kind) {
        if (!kind.route().contains("/blobs/uploads")) {
            return Optional.empty();
        }
        return switch (kind.method() + " " + kind.status()) {
            case "POST 202" -> Optional.of("started");
            case "POST 201", "PUT 201" -> Optional.of("finished");
            case "DELETE 204" -> Optional.of("cancelled");
            default -> Optional.empty();
        };
    }

    private static Optional<String> pushed(Kind kind) {
        return kind.status() == 201
                ? Optional.of(kind.route().contains("/manifests/") ? "manifest" : "blob")
                : Optional.empty();
    }
}
