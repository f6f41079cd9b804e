package dev.berth.registry.upstream.client;

import java.util.function.UnaryOperator;

/** The health of one upstream, as it changes. For any thread. */
final class HealthKept {
    private volatile UpstreamHealth health = UpstreamHealth.UNKNOWN;

    UpstreamHealth now() {
        return health;
    }

    synchronized void change(UnaryOperator<UpstreamHealth> change) {
        health = change.apply(health);
    }
}
