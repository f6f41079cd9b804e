package dev.berth.registry.http;

import java.time.Duration;

/**
 * Limits how long a client may keep the server waiting for a body: some time at the start, and more for each byte. The time in which the
 * client itself waits for the server does not count, so a slow disk is never held against it. For the one thread that reads the body.
 */
final class BodyPace {
    /** Slower than any network over which people still push images. */
    private static final long BYTES_PER_SECOND = 240;

    private final Duration grace;
    private final long bytesPerSecond;
    private long receivedBytes;
    private Duration waited = Duration.ZERO;

    private BodyPace(Duration grace, long bytesPerSecond) {
        this.grace = grace;
        this.bytesPerSecond = bytesPerSecond;
    }

    /** For bodies of any length. */
    static BodyPace steady() {
        return new BodyPace(Duration.ofSeconds(30), BYTES_PER_SECOND);
    }

    /** For bodies that are held in memory until they are complete. */
    static BodyPace soon() {
        return new BodyPace(Duration.ofSeconds(60), Long.MAX_VALUE);
    }

    void received(long bytes) {
        receivedBytes += bytes;
    }

    void waited(Duration duration) {
        waited = waited.plus(duration);
    }

    /** How long to wait for the next piece. */
    Duration patience() {
        return grace.plusSeconds(receivedBytes / bytesPerSecond).minus(waited);
    }
}
