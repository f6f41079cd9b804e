package dev.berth.registry.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The `Authorization` headers that were verified, so that a client pays for bcrypt or a signature once and not with each layer. It knows them
 * by a keyed hash whose key never leaves the process: nothing in here can be turned back into a password. What makes an entry out of date
 * (another password, another issuer) is for its reader to see, by its proof.
 */
final class VerifiedLogins {
    private static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofHours(12);
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Cache<ByteBuffer, Verified> logins =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT).build();

    /**
     * Who it was.
     *
     * @param proof what it was verified against; a login holds for as long as that is in force
     * @param until when it ends in any case
     */
    record Verified(Login.Accepted login, String proof, Instant until) {}

    VerifiedLogins(SecureRandom random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    Optional<Verified> find(String authorization) {
        return Optional.ofNullable(logins.getIfPresent(fingerprint(authorization)));
    }

    void add(String authorization, Verified verified) {
        logins.put(fingerprint(authorization), verified);
    }

    private ByteBuffer fingerprint(String authorization) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return ByteBuffer.wrap(mac.doFinal(authorization.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
