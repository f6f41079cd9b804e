package dev.berth.registry.upstream.client;

import dev.berth.registry.upstream.transport.RequestKind;
import dev.berth.registry.upstream.transport.Upstream;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;

/**
 * Records the result of requests to an upstream: in the counts, in the upstream's health and in the back-off of its host. For any thread.
 */
final class UpstreamRecord {
    private final Upstream upstream;
    private final UpstreamHosts hosts;
    private final RequestKind kind;
    private final HealthKept health;

    UpstreamRecord(Upstream upstream, UpstreamHosts hosts, RequestKind kind, HealthKept health) {
        this.upstream = upstream;
        this.hosts = hosts;
        this.kind = kind;
        this.health = health;
    }

    void succeeded() {
        hosts.counts().succeeded(upstream);
        hosts.host(upstream).answered();
        health.change(now -> now.answered(hosts.clock().instant()));
    }

    void received(long bytes) {
        hosts.counts().received(upstream, bytes);
    }

    /** Records a failure, and returns the exception to throw. */
    UpstreamException failed(UpstreamFailure failure) {
        hosts.counts().failed(upstream, failure);
        hosts.host(upstream).failed(kind, failure);
        health.change(now -> now.failed(failure, hosts.clock().instant()));
        return new UpstreamException(failure);
    }
}
