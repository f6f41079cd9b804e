package dev.berth.registry.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The logins that bcrypt has accepted, so that a client pays for it once and not with each layer. It knows them by a keyed hash whose key
 * never leaves the process: nothing in here can be turned back into a password. It lives as long as the users file it was made for.
 */
final class VerifiedLogins {
    private static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Cache<ByteBuffer, String> users =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    VerifiedLogins(SecureRandom random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    Optional<String> find(Credentials credentials) {
        return Optional.ofNullable(users.getIfPresent(fingerprint(credentials)));
    }

    void add(Credentials credentials) {
        users.put(fingerprint(credentials), credentials.user());
    }

    private ByteBuffer fingerprint(Credentials credentials) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            // A user's name holds no colon (RFC 7617), so this can't be read as another pair.
            mac.update((credentials.user() + ":").getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(mac.doFinal(credentials.password().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
