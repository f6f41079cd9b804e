package dev.berth.registry.upstream.pull;

import java.time.Duration;

/**
 * How long a client waits for an upstream.
 *
 * @param forStored  when the image is stored: after this, the stored image is served
 * @param forMissing when the image is not stored: after this, the client gets an error
 */
public record WaitLimits(Duration forStored, Duration forMissing) {
    /** The limit for the thread that asks the upstream. Clients have limits of their own and may have stopped waiting. */
    static final Duration OF_A_FETCH = Duration.ofSeconds(15);

    private static final Duration SHORT = Duration.ofMillis(1_500);

    /** For a container runtime that goes to the upstream itself after an error; it must not be delayed for long. */
    public static final WaitLimits WITH_FALLBACK = new WaitLimits(SHORT, SHORT);

    /** For a client that has no other place to get the image from. */
    public static final WaitLimits WITHOUT_FALLBACK = new WaitLimits(SHORT, Duration.ofSeconds(10));
}
