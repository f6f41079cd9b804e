package dev.berth.registry.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.access.caller.Fingerprints;
import dev.berth.registry.access.caller.Login;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers verified `Authorization` headers, so that bcrypt or a signature check runs once for a client and not for each layer. The reader
 * compares an entry's proof to see whether it is out of date (another password, another issuer).
 */
final class VerifiedLogins {
    private static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofHours(12);

    private final Fingerprints fingerprints;
    private final Cache<ByteBuffer, Verified> logins =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT).build();

    /**
     * A verified login.
     *
     * @param proof what it was verified against; the login is valid as long as this does not change
     * @param until the time at which it ends in any case
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
