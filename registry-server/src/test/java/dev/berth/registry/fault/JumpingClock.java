package dev.berth.registry.fault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The machine's clock, as somebody sets it again and again. */
final class JumpingClock extends Clock {
    private final AtomicReference<Duration> off = new AtomicReference<>(Duration.ZERO);

    void jumpTo(Duration fromTheTruth) {
        off.set(fromTheTruth);
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(off.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
