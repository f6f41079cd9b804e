package dev.berth.registry.http;

import java.time.Duration;

/**
 * How long a body may keep the server waiting: a while to begin with, and more for each byte. Only time in which the client had nothing to
 * wait for counts, so that a slow disk is never held against it. For the one thread that reads the body.
 */
final class BodyPace {
    /** Less than any line that people still push images over. */
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

    /** For those that are held in memory until they are whole. */
    static BodyPace soon() {
        return new BodyPace(Duration.ofSeconds(60), Long.MAX_VALUE);
    }

    void received(long bytes) {
        receivedBytes += bytes;
    }

    void waited(Duration duration) {
        waited = waited.plus(duration);
    }

    /** For how long the next piece may be waited for. */
    Duration patience() {
        return grace.plusSeconds(receivedBytes / bytesPerSecond).minus(waited);
    }
}
