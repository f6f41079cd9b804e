package dev.berth.registry.upstream.transport;

import java.time.Duration;

/** The time by which an answer must have begun, over all the requests that it takes. */
public record Deadline(long endNanos, Duration limit) {
    public static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos(), limit);
    }

    /** The time that is left; at least a millisecond, since a request needs a timeout above zero. */
    public Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
    }

    public boolean isOver() {
        return System.nanoTime() - endNanos >= 0;
    }
}
