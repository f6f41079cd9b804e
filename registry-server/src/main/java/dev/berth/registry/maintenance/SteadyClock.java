package dev.berth.registry.maintenance;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * The time by which leases are granted and end: what the wall's clock said at the start, and what has really passed since then. However the
 * machine's clock is set meanwhile, no push loses its lease by that; both sides must read this one, or a lease granted while the wall was
 * behind would seem over as soon as it is right again. The next start takes the wall's word anew. For any thread.
 */
public final class SteadyClock extends Clock {
    private final Instant start;
    private final long startNanos;
    private final LongSupplier nanos;
    private final ZoneId zone;

    /**
     * Starts at the wall's time.
     *
     * @param nanos of a clock that nobody sets, as {@link System#nanoTime}
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
