package dev.berth.registry.upstream.client;

import dev.berth.registry.upstream.transport.Upstream;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Requests to upstreams by result, and the bytes that were received. For any thread. */
public final class UpstreamCounts {
    /** Requests to one upstream with one result: `ok` or the reason of a failure, such as `limited`. */
    public record Kind(String upstream, String result) {}

    private final Map<Kind, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> bytes = new ConcurrentHashMap<>();

    /** The number of requests of each kind. */
    public Map<Kind, Long> requests() {
        return requests.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().sum()));
    }

    /** Bytes of bodies that were received, by upstream. */
    public Map<String, Long> bytes() {
        return bytes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().sum()));
    }

    void succeeded(Upstream upstream) {
        count(upstream, "ok");
    }

    void failed(Upstream upstream, UpstreamFailure failure) {
        count(upstream, failure.reason().toLowerCase(Locale.ROOT));
    }

    void received(Upstream upstream, long more) {
        bytes.computeIfAbsent(upstream.name(), _ -> new LongAdder()).add(more);
    }

    private void count(Upstream upstream, String result) {
        requests.computeIfAbsent(new Kind(upstream.name(), result), _ -> new LongAdder())
                .increment();
    }
}
