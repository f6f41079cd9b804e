package dev.berth.registry.remote;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock for each key. A thread that has waited for one looks first whether the thread before it has already done the work. Keys that no
 * thread holds or waits for take no memory. For any thread.
 */
public final class KeyedLock<K> {
    private final Map<K, Entry> entries = new ConcurrentHashMap<>();

    /** The lock of one key, held by the thread that took it; to be closed by that thread. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        /** Threads that hold the lock or wait for it. Changed only inside {@link Map#compute}. */
        private int threads;
    }

    /** Waits until no other thread holds the lock of `key`, then takes it. */
    public Held lock(K key) throws InterruptedException {
        var entry = enter(key);
        try {
            entry.lock.lockInterruptibly();
        } catch (InterruptedException e) {
            leave(key);
            throw e;
        }
        return () -> {
            entry.lock.unlock();
            leave(key);
        };
    }

    private Entry enter(K key) {
        var entered = entries.compute(key, (_, before) -> {
            var entry = before == null ? new Entry() : before;
            entry.threads++;
            return entry;
        });
        return Objects.requireNonNull(entered);
    }

    private void leave(K key) {
        entries.computeIfPresent(key, (_, entry) -> {
            entry.threads--;
            return entry.threads == 0 ? null : entry;
        });
    }

    /** The number of keys that are locked now. */
    int size() {
        return entries.size();
    }
}
