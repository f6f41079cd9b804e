package dev.berth.registry.coordination;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Coordinates the threads of the one process that has the stores. */
public final class InProcess implements Coordination {
    private static final int STRIPES = 1024;

    private final Set<UploadId> open = ConcurrentHashMap.newKeySet();
    private final Set<Job> led = ConcurrentHashMap.newKeySet();
    private final List<Consumer<? super CacheKey>> caches = new CopyOnWriteArrayList<>();
    private final NewUploads newUploads = new InMemoryNewUploads();

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

    @Override
    public Optional<Leadership> lead(Job job) {
        if (!led.add(job)) {
            return Optional.empty();
        }
        var held = new AtomicBoolean(true);
        return Optional.of(() -> {
            if (held.compareAndSet(true, false)) {
                led.remove(job);
            }
        });
    }

    @Override
    public void invalidate(Collection<? extends CacheKey> keys) {
        for (var key : keys) {
            for (var cache : caches) {
                cache.accept(key);
            }
        }
    }

    @Override
    public void onInvalidation(Consumer<? super CacheKey> listener) {
        caches.add(listener);
    }

    @Override
    public NewUploads newUploads() {
        return newUploads;
    }
}
