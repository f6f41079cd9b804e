package dev.berth.registry.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * What the registry's own tokens are signed with. Where there is a TLS key it's derived from that one (RFC 5869), so that a restart leaves
 * tokens valid and replicas take each other's; who has that key is the registry to every client anyway. Else it's made anew at each start.
 * It's never written down.
 */
public final class TokenKey {
    private static final int BYTES = 32;
    private static final byte[] PURPOSE = "berth registry tokens, 1".getBytes(StandardCharsets.US_ASCII);

    private final Optional<byte[]> secret;
    private final SecureRandom random;

    private TokenKey(Optional<byte[]> secret, SecureRandom random) {
        this.secret = secret.map(byte[]::clone);
        this.random = random;
    }

    /**
     * The key of a server.
     *
     * @param tlsKey the file of the private key, as it stands
     */
    public static TokenKey of(Optional<byte[]> tlsKey, SecureRandom random) {
        return new TokenKey(tlsKey, random);
    }

    /** Its bytes; to be asked for once. */
    byte[] bytes() {
        return secret.map(TokenKey::derived).orElseGet(this::made);
    }

    private byte[] made() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] derived(byte[] from) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract().addIKM(from).thenExpand(PURPOSE, BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HKDF", e);
        }
    }
}
