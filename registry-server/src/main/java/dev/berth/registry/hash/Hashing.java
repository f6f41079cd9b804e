package dev.berth.registry.hash;

import dev.berth.registry.reference.Algorithm;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes hashes. They are Java's own until libcrypto is linked, and stay so where it is not installed. libcrypto is several times as fast as Java's
 * classes that the JVM has not compiled yet. For any thread.
 */
public final class Hashing {
    private static final Logger LOG = LoggerFactory.getLogger(Hashing.class);

    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile @Nullable LibCrypto library;

    /** Begins to link libcrypto in a thread of its own, so that nobody waits for it. Does nothing the second time. */
    public void link() {
        if (asked.compareAndSet(false, true)) {
            Thread.ofPlatform().name("link-libcrypto").daemon().start(this::linkNow);
        }
    }

    /** Links libcrypto, if it is installed. */
    void linkNow() {
        try {
            library = LibCrypto.link();
            LOG.debug("libcrypto computes the digests");
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("Java computes the digests: {}", e.getMessage());
        }
    }

    /** A hash of no bytes yet. */
    public RunningHash begin(Algorithm algorithm) {
        link();
        var linked = library;
        return linked == null ? JavaHash.of(algorithm) : NativeHash.of(algorithm, linked);
    }

    /**
     * Goes on with a hash.
     *
     * @param bytes how many bytes it had hashed
     * @param state its {@link RunningHash#state}
     * @return empty if libcrypto is not linked, or this is no state of that many bytes
     */
    public Optional<RunningHash> restore(Algorithm algorithm, long bytes, byte[] state) {
        return Optional.ofNullable(library).flatMap(linked -> NativeHash.restore(algorithm, linked, bytes, state));
    }
}
