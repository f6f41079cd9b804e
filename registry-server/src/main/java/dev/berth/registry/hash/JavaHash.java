package dev.berth.registry.hash;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;

/** A hash by Java's own classes, which cannot save its state. */
final class JavaHash implements RunningHash {
    private final Algorithm algorithm;
    private final MessageDigest hash;
    private long bytes;

    private JavaHash(Algorithm algorithm, MessageDigest hash, long bytes) {
        this.algorithm = algorithm;
        this.hash = hash;
        this.bytes = bytes;
    }

    static JavaHash of(Algorithm algorithm) {
        return new JavaHash(algorithm, algorithm.newHash(), 0);
    }

    @Override
    public Algorithm algorithm() {
        return algorithm;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void update(ByteBuffer more) {
        bytes += more.remaining();
        hash.update(more);
    }

    @Override
    public JavaHash copy() {
        try {
            return new JavaHash(algorithm, (MessageDigest) hash.clone(), bytes);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own " + algorithm + " can be copied", e);
        }
    }

    @Override
    public Digest digest() {
        return algorithm.digestOf(copy().hash);
    }

    @Override
    public Optional<byte[]> state() {
        return Optional.empty();
    }
}
