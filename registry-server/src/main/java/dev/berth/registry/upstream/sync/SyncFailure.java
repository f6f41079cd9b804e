package dev.berth.registry.upstream.sync;

import java.time.Duration;

/**
 * Why something couldn't be copied.
 *
 * @param reason  a word for programs, `Missing`
 * @param message a sentence for people
 * @param asked   for how long the upstream wants to be left alone
 */
record SyncFailure(String reason, String message, Duration asked) {

    static SyncFailure of(String reason, String message) {
        return new SyncFailure(reason, message, Duration.ZERO);
    }
}
