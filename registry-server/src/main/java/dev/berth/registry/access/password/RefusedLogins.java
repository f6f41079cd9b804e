package dev.berth.registry.access.password;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.access.caller.Credentials;
import dev.berth.registry.access.caller.Fingerprints;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Passwords that were wrong a moment ago. A client that sends the same one again (containerd does so for each layer, kubelet for hours with an
 * old pull secret) is not guessing: it costs no bcrypt and does not count again, until the user's line in the users file changes.
 */
final class RefusedLogins {
    private static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofMinutes(15);

    private final Fingerprints fingerprints;
    private final Cache<ByteBuffer, String> hashes =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    RefusedLogins(Fingerprints fingerprints) {
        this.fingerprints = fingerprints;
    }

    boolean holds(Credentials credentials, PasswordFile passwords) {
        return hash(credentials, passwords).equals(hashes.getIfPresent(fingerprint(credentials)));
    }

    void add(Credentials credentials, PasswordFile passwords) {
        hashes.put(fingerprint(credentials), hash(credentials, passwords));
    }

    private ByteBuffer fingerprint(Credentials credentials) {
        // User names have no colon (RFC 7617), so no other pair has the same text.
        return fingerprints.of(credentials.user() + ":" + credentials.password());
    }

    private static String hash(Credentials credentials, PasswordFile passwords) {
        return passwords.hashOf(credentials.user()).orElse("");
    }
}
