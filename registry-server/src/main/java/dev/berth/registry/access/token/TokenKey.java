package dev.berth.registry.access.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The key that signs the registry's own tokens. If there is a TLS key it is derived from that one (RFC 5869), so that tokens stay valid after a
 * restart and replicas accept each other's tokens. Otherwise each start makes a new key. It is never stored.
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
     * @param tlsKey the content of the private key's file
     */
    public static TokenKey of(Optional<byte[]> tlsKey, SecureRandom random) {
        return new TokenKey(tlsKey, random);
    }

    /** The bytes of the key; call this once. */
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
