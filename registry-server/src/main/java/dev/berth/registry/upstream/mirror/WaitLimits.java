package dev.berth.registry.upstream.mirror;

import java.time.Duration;

/**
 * How long a client is kept waiting for an upstream.
 *
 * @param forStored  before what is stored is served as it is
 * @param forMissing before it's told that there is nothing
 */
public record WaitLimits(Duration forStored, Duration forMissing) {
    /** Of the thread that asks while others wait, or don't any more. */
    static final Duration OF_NOBODY = Duration.ofSeconds(15);

    private static final Duration SHORT = Duration.ofMillis(1_500);

    /** Of a runtime that will go to the upstream itself if it's told no; it mustn't be delayed for long. */
    public static final WaitLimits WITH_FALLBACK = new WaitLimits(SHORT, SHORT);

    /** Of who has nowhere else to go. */
    public static final WaitLimits WITHOUT_FALLBACK = new WaitLimits(SHORT, Duration.ofSeconds(10));
}
