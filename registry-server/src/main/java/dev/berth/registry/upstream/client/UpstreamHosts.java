package dev.berth.registry.upstream.client;

import dev.berth.registry.upstream.transport.Connections;
import dev.berth.registry.upstream.transport.Upstream;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the clients of all upstreams share: connections, the limits and back-offs of each host, and counts. For any thread. */
public final class UpstreamHosts implements AutoCloseable {
    private final Clock clock;
    private final Connections connections;
    private final Map<String, UpstreamHost> hosts = new ConcurrentHashMap<>();
    private final UpstreamCounts counts = new UpstreamCounts();

    /** @param environment the variables that name proxies, as {@link System#getenv()} has them */
    public UpstreamHosts(Clock clock, Map<String, String> environment) {
        this.clock = clock;
        this.connections = new Connections(environment);
    }

    /** Requests by upstream and result. */
    public UpstreamCounts counts() {
        return counts;
    }

    Clock clock() {
        return clock;
    }

    Connections connections() {
        return connections;
    }

    UpstreamHost host(Upstream upstream) {
        return hosts.computeIfAbsent(upstream.host(), name -> new UpstreamHost(name, clock));
    }

    /** Breaks off the requests that are under way. */
    @Override
    public void close() {
        connections.close();
    }
}
