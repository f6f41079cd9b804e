package dev.berth.registry.upstream.client;

import dev.berth.registry.remote.DoublingDelay;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Until when a host that failed is not asked again. The first failure is free; from the second in a row on, each doubles the delay, up to a
 * minute. Requests that were under way when the back-off began do not count when they fail. For any thread.
 */
final class Backoff {
    private static final DoublingDelay DELAY = new DoublingDelay(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final int FREE_FAILURES = 1;

    /** Why the host is not asked, and until when. */
    record Shut(UpstreamFailure why, Instant until) {}

    private int failures;
    private Optional<Shut> shut = Optional.empty();

    /** The back-off at a time; empty when the host may be asked. */
    synchronized Optional<Shut> at(Instant now) {
        return shut.filter(it -> now.isBefore(it.until()));
    }

    synchronized void succeeded() {
        failures = 0;
        shut = Optional.empty();
    }

    synchronized void failed(UpstreamFailure why, Instant now) {
        if (at(now).isEmpty()) {
            failures++;
            if (failures > FREE_FAILURES) {
                shut = Optional.of(new Shut(why, now.plus(DELAY.after(failures - FREE_FAILURES))));
            }
        }
    }

    /** Begins a back-off whose end the host has named itself. */
    synchronized void shut(UpstreamFailure why, Instant until) {
        if (shut.filter(it -> it.until().isAfter(until)).isEmpty()) {
            shut = Optional.of(new Shut(why, until));
        }
    }
}
