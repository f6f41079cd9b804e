package dev.berth.registry.reference;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A registered digest algorithm (OCI image-spec, "Registered Algorithms"). */
public enum Algorithm {
    SHA256("sha256", "SHA-256", 64),
    SHA512("sha512", "SHA-512", 128);

    private final String text;
    private final String javaName;
    private final int hexLength;

    Algorithm(String text, String javaName, int hexLength) {
        this.text = text;
        this.javaName = javaName;
        this.hexLength = hexLength;
    }

    /** Finds the algorithm that is written `sha256` or `sha512`; empty for any other. */
    public static Optional<Algorithm> named(String text) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.text.equals(text))
                .findFirst();
    }

    int hexLength() {
        return hexLength;
    }

    boolean accepts(String hex) {
        if (hex.length() != hexLength) {
            return false;
        }
        for (int i = 0; i < hexLength; i++) {
            if (!isLowerCaseHex(hex.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** A new hash of this algorithm. */
    public MessageDigest newHash() {
        try {
            return MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + javaName, e);
        }
    }

    /** The digest of what was added to `hash`, which is reset by this. */
    public Digest digestOf(MessageDigest hash) {
        return digest(hash.digest());
    }

    /** The digest that names this hash. */
    public Digest digest(byte[] hash) {
        return new Digest(this, HexFormat.of().formatHex(hash));
    }

    public Digest digestOf(byte[] bytes) {
        var hash = newHash();
        hash.update(bytes);
        return digestOf(hash);
    }

    /** The name before the colon of a digest. */
    @Override
    public String toString() {
        return text;
    }

    private static boolean isLowerCaseHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
