package dev.berth.registry.hash;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A hash that counts the bytes that it has hashed, and can be copied at any point. For one thread. */
public interface RunningHash {
    Algorithm algorithm();

    /** How many bytes were hashed. */
    long bytes();

    /** Hashes all of `more`, up to its limit. */
    void update(ByteBuffer more);

    /** An independent hash of the same bytes. */
    RunningHash copy();

    /** The digest of the bytes so far. More bytes can be added afterwards. */
    Digest digest();

    /** The state, from which {@link Hashing#restore} makes an equal hash in another process. Empty if the library cannot save it. */
    Optional<byte[]> state();
}
