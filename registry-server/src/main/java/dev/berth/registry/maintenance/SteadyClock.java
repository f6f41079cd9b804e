package dev.berth.registry.maintenance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * The time by which leases end, which never runs ahead of what has really passed: where the machine's clock is put forward, this one
 * goes on as before, so that no push loses its lease in a jump. Once all leases of before the jump have had their time, it follows.
 * For any thread.
 */
final class SteadyClock extends Clock {
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    private final Clock wall;
    private final LongSupplier nanos;
    private final Duration patience;
    private Instant told;
    private long toldAt;
    private long aheadSince;
    private boolean ahead;

    /**
     * Starts at the wall's time.
     *
     * @param nanos    of a clock that nobody puts forward, as {@link System#nanoTime}
     * @param patience the longest time that anything is leased for
     */
    SteadyClock(Clock wall, LongSupplier nanos, Duration patience) {
        this.wall = wall;
        this.nanos = nanos;
        this.patience = patience;
        this.told = wall.instant();
        this.toldAt = nanos.getAsLong();
    }

    @Override
    public synchronized Instant instant() {
        var at = nanos.getAsLong();
        var now = wall.instant();
        var steady = told.plusNanos(at - toldAt);
        var jumped = now.isAfter(steady.plus(TOLERANCE));
        if (jumped && !ahead) {
            aheadSince = toldAt;
        }
        ahead = jumped && at - aheadSince < patience.toNanos();
        told = ahead ? steady : now;
        toldAt = at;
        return told;
    }

    @Override
    public ZoneId getZone() {
        return wall.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SteadyClock(wall.withZone(zone), nanos, patience);
    }
}
