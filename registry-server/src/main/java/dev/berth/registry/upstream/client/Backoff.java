package dev.berth.registry.upstream.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Until when something that failed isn't tried again: from the second failure in a row on, twice as long after each, up to a minute. What
 * failed while it was shut was under way before, and counts no more. For any thread.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int PATIENCE = 2;

    /** Why it's shut, and until when. */
    record Shut(UpstreamFailure why, Instant until) {}

    private int failures;
    private Optional<Shut> shut = Optional.empty();

    /** Whether it may be tried; if not, why. */
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
            if (failures >= PATIENCE) {
                shut = Optional.of(new Shut(why, now.plus(pause(failures - PATIENCE))));
            }
        }
    }

    /** It said itself how long to leave it alone. */
    synchronized void shut(UpstreamFailure why, Instant until) {
        if (shut.filter(it -> it.until().isAfter(until)).isEmpty()) {
            shut = Optional.of(new Shut(why, until));
        }
    }

    private static Duration pause(int doublings) {
        var pause = FIRST.multipliedBy(1L << Math.min(doublings, 10));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }
}
