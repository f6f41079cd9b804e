package dev.berth.registry.maintenance;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * The clock by which leases are granted and end. It reads the system clock once, at the start, and then counts the time that really passes. So
 * no lease ends early because somebody sets the system clock. Leases must be granted and checked by the same clock. For any thread.
 */
public final class SteadyClock extends Clock {
    private final Instant start;
    private final long startNanos;
    private final LongSupplier nanos;
    private final ZoneId zone;

    /**
     * Starts at the time of `wall`.
     *
     * @param nanos counts nanoseconds and is never set, like {@link System#nanoTime}
     */
    public SteadyClock(Clock wall, LongSupplier nanos) {
        this(wall.instant(), nanos.getAsLong(), nanos, wall.getZone());
    }

    private SteadyClock(Instant start, long startNanos, LongSupplier nanos, ZoneId zone) {
        this.start = start;
        this.startNanos = startNanos;
        this.nanos = nanos;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SteadyClock(start, startNanos, nanos, other);
    }
}
