package dev.berth.registry.upstream.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The health of one upstream, as it changes; the log is told when it can't be reached any more, and when it can again. For any thread. */
final class HealthKept {
    private static final Logger LOG = LoggerFactory.getLogger(HealthKept.class);

    /** An upstream that comes and goes is not told of at each request. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final String upstream;
    private final Clock clock;
    private volatile UpstreamHealth health = UpstreamHealth.UNKNOWN;
    private boolean toldReachable = true;
    private Instant told = Instant.MIN;

    HealthKept(String upstream, Clock clock) {
        this.upstream = upstream;
        this.clock = clock;
    }

    UpstreamHealth now() {
        return health;
    }

    synchronized void change(UnaryOperator<UpstreamHealth> change) {
        health = change.apply(health);
        var now = clock.instant();
        if (health.reachable() != toldReachable && told.isBefore(now.minus(QUIET))) {
            toldReachable = health.reachable();
            told = now;
            tell();
        }
    }

    private void tell() {
        health.failure()
                .filter(_ -> !toldReachable)
                .ifPresentOrElse(
                        why -> LOG.warn(
                                "The mirrored registry {} can't be used: {}. What is stored of it is served, other pulls fail",
                                upstream,
                                why.sentence()),
                        () -> LOG.info("The mirrored registry {} answers again", upstream));
    }
}
