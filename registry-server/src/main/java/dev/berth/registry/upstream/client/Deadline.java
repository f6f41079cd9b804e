package dev.berth.registry.upstream.client;

import java.time.Duration;

/** By when an answer must have begun, over all requests that it takes. */
record Deadline(long endNanos, Duration patience) {
    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos(), patience);
    }

    /** What is left, at least a moment: a request without any time can't be sent. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
    }

    boolean isOver() {
        return System.nanoTime() - endNanos >= 0;
    }
}
