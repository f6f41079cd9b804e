package dev.berth.registry.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The `Authorization` headers that were verified, so that a client pays for bcrypt or a signature once and not with each layer. What makes an
 * entry out of date (another password, another issuer) is for its reader to see, by its proof.
 */
final class VerifiedLogins {
    private static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofHours(12);

    private final Fingerprints fingerprints;
    private final Cache<ByteBuffer, Verified> logins =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT).build();

    /**
     * Who it was.
     *
     * @param proof what it was verified against; a login holds for as long as that is in force
     * @param until when it ends in any case
     */
    record Verified(Login.Accepted login, String proof, Instant until) {}

    VerifiedLogins(Fingerprints fingerprints) {
        this.fingerprints = fingerprints;
    }

    Optional<Verified> find(String authorization) {
        return Optional.ofNullable(logins.getIfPresent(fingerprints.of(authorization)));
    }

    void add(String authorization, Verified verified) {
        logins.put(fingerprints.of(authorization), verified);
    }
}
