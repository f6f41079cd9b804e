package dev.berth.registry.upstream.sync;

import java.time.Duration;

/** How long something that failed is left alone: half a minute, then twice as long each time, up to the mirror's own interval or an hour. */
record RetryDelay(Duration longest) {
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 20;

    static RetryDelay within(Duration interval) {
        return new RetryDelay(shorter(interval, LONGEST));
    }

    /**
     * After so many failures in a row.
     *
     * @param asked for how long the upstream itself wants to be left alone, which counts whatever the limit
     */
    Duration after(int failures, Duration asked) {
        var doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        var delay = shorter(doubled, longest);
        return asked.compareTo(delay) > 0 ? asked : delay;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
