package dev.berth.registry.content;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** A hash that counts the bytes that it has hashed, and can be copied at any point. For one thread. */
final class RunningHash {
    private final Algorithm algorithm;
    private final MessageDigest hash;
    private long bytes;

    private RunningHash(Algorithm algorithm, MessageDigest hash, long bytes) {
        this.algorithm = algorithm;
        this.hash = hash;
        this.bytes = bytes;
    }

    static RunningHash of(Algorithm algorithm) {
        return new RunningHash(algorithm, algorithm.newHash(), 0);
    }

    Algorithm algorithm() {
        return algorithm;
    }

    long bytes() {
        return bytes;
    }

    void update(ByteBuffer more) {
        bytes += more.remaining();
        hash.update(more);
    }

    RunningHash copy() {
        try {
            return new RunningHash(algorithm, (MessageDigest) hash.clone(), bytes);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own " + algorithm + " can be copied", e);
        }
    }

    /** The digest of the bytes so far. More bytes can be added afterwards. */
    Digest digest() {
        return algorithm.digestOf(copy().hash);
    }
}
