package dev.berth.registry.catalog;

import dev.berth.registry.reference.Digest;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * One step at a time for one digest: bytes and metadata of a blob come and go together, though no transaction spans both.
 * For any thread; nobody takes two.
 */
final class DigestLocks {

    private static final int STRIPES = 1024;

    private final Lock[] stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);

    void during(Digest digest, Runnable step) {
        Lock lock = stripes[Math.floorMod(digest.hashCode(), STRIPES)];
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }
}
