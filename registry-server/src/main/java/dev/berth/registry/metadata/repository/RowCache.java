package dev.berth.registry.metadata.repository;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.coordination.CacheKey;
import dev.berth.registry.coordination.Coordination;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Rows that were read lately. It is never older than the database: a row is read and put in under the lock of its key, so an invalidation
 * of that key waits for a read that began before the change, and then removes what was read. For any thread.
 */
public final class RowCache<K extends CacheKey, V> {
    /** About what an entry takes in memory beside its bytes. */
    private static final int OVERHEAD_BYTES = 512;

    private final Cache<CacheKey, V> rows;

    private RowCache(Cache<CacheKey, V> rows, Coordination coordination) {
        this.rows = rows;
        coordination.onInvalidation(rows::invalidate);
    }

    /** A cache that holds at most `limitBytes`, counting the bytes of each row. */
    public static <K extends CacheKey, V> RowCache<K, V> ofBytes(
            long limitBytes, ToIntFunction<V> bytes, Coordination coordination) {
        return new RowCache<>(
                Caffeine.newBuilder()
                        .maximumWeight(limitBytes)
                        .<CacheKey, V>weigher((key, row) -> OVERHEAD_BYTES + bytes.applyAsInt(row))
                        .executor(Runnable::run)
                        .build(),
                coordination);
    }

    /** A cache that holds at most so many rows. */
    public static <K extends CacheKey, V> RowCache<K, V> ofRows(long most, Coordination coordination) {
        return new RowCache<>(
                Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build(), coordination);
    }

    /** The row if it is in memory. Empty does not mean that the database lacks it. */
    public Optional<V> remembered(K key) {
        return Optional.ofNullable(rows.getIfPresent(key));
    }

    /** The row, read from the database if it is not in memory. */
    public Optional<V> get(K key, Supplier<Optional<V>> read) {
        return Optional.ofNullable(rows.get(key, missing -> read.get().orElse(null)));
    }

    /** Keeps what was just written to the database. */
    public void put(K key, V row) {
        rows.put(key, row);
    }
}
