package dev.berth.registry.remote;

import java.time.Duration;

/**
 * How long to wait after failures in a row: twice as long after each.
 *
 * @param first   the delay after the first failure
 * @param longest no delay is longer than this
 */
public record DoublingDelay(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;

    /**
     * The delay after so many failures in a row.
     *
     * @param failures at least one
     */
    public Duration after(int failures) {
        var delay = first.multipliedBy(1L << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS));
        return delay.compareTo(longest) < 0 ? delay : longest;
    }
}
