package dev.berth.registry.upstream.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** The progress of a sync, over all its tries. For any thread. */
final class SyncProgress {
    private final Clock clock;
    private final LongAdder total = new LongAdder();
    private final LongAdder done = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private volatile Duration worked = Duration.ZERO;
    private volatile Optional<Instant> since = Optional.empty();

    SyncProgress(Clock clock) {
        this.clock = clock;
    }

    void begins() {
        since = Optional.of(clock.instant());
    }

    void ends() {
        worked = worked();
        since = Optional.empty();
    }

    void finds(long images) {
        total.add(images);
    }

    void finishes() {
        done.increment();
    }

    void copies(long more) {
        bytes.add(more);
    }

    boolean isRunning() {
        return since.isPresent();
    }

    long total() {
        return total.sum();
    }

    long done() {
        return done.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    /** The average over the time in which the sync ran. */
    long bytesPerSecond() {
        return bytes.sum() * 1_000 / Math.max(1, worked().toMillis());
    }

    private Duration worked() {
        return since.map(begin -> worked.plus(Duration.between(begin, clock.instant())))
                .orElse(worked);
    }
}
