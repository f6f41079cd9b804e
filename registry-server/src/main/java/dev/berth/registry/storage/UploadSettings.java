package dev.berth.registry.storage;

import java.time.Duration;

/**
 * Limits of uploads that span several requests.
 *
 * @param expiry  an upload that has not changed for this long is deleted with its bytes
 * @param perUser how many uploads one user may have
 */
public record UploadSettings(Duration expiry, int perUser) {
    public static final UploadSettings DEFAULT = new UploadSettings(Duration.ofHours(24), 1_000);

    /** Anonymous users cannot be told apart, so together they may have more uploads. */
    private static final int ANONYMOUS_SHARE = 10;

    /** How many uploads `owner` may have. */
    public long limit(String owner) {
        return owner.isEmpty() ? (long) ANONYMOUS_SHARE * perUser : perUser;
    }
}
