package dev.berth.registry.upstream.sync;

import java.time.Duration;

/**
 * Why an image could not be copied.
 *
 * @param reason  a word for status and metrics, `Missing`
 * @param message a sentence for people
 * @param asked   for how long the upstream asks not to be asked again
 */
record SyncFailure(String reason, String message, Duration asked) {
    static SyncFailure of(String reason, String message) {
        return new SyncFailure(reason, message, Duration.ZERO);
    }
}
