package dev.berth.registry.upstream.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The current health of one upstream. Logs when the upstream can't be reached any more, and when it can again. For any thread. */
final class HealthKept {
    private static final Logger LOG = LoggerFactory.getLogger(HealthKept.class);

    /** An upstream that comes and goes is logged no more often than this. */
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
                                "The mirrored registry {} can't be used: {}. Images that are stored are served; other pulls fail",
                                upstream,
                                why.sentence()),
                        () -> LOG.info("The mirrored registry {} answers again", upstream));
    }
}
