package dev.berth.registry.storage;

import java.time.Duration;

/**
 * What uploads may take up that go on over many requests.
 *
 * @param expiry  how long one may stand untouched before it is dropped, bytes and all
 * @param perUser how many one user may have open
 */
public record UploadSettings(Duration expiry, int perUser) {

    public static final UploadSettings DEFAULT = new UploadSettings(Duration.ofHours(24), 1_000);

    /** Those who don't log in can't be told apart, so together they get more. */
    private static final int ANONYMOUS_SHARE = 10;

    /** How many `owner` may have open. */
    public long limit(String owner) {
        return owner.isEmpty() ? (long) ANONYMOUS_SHARE * perUser : perUser;
    }
}
