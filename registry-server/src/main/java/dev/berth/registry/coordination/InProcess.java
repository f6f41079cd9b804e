package dev.berth.registry.coordination;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Coordinates the threads of one process, which alone has the stores. For any thread. */
public final class InProcess implements Coordination {

    private static final int STRIPES = 1024;

    private final Set<UploadId> open = ConcurrentHashMap.newKeySet();

    private final Lock[] stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);

    @Override
    public boolean take(UploadId upload) {
        return open.add(upload);
    }

    @Override
    public void release(UploadId upload) {
        open.remove(upload);
    }

    @Override
    public void during(Digest digest, Runnable step) {
        Lock lock = stripes[Math.floorMod(digest.hashCode(), STRIPES)];
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }
}
