package dev.berth.registry.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.hash.RunningHash;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.UploadId;
import java.util.Optional;

/**
 * Keeps the hashes of uploads that wait for their next chunk. The number is bounded. A hash that was dropped, or lost by a restart, is
 * computed again from the bytes. For any thread.
 */
final class RunningHashes {
    private static final int KEPT = 10_000;

    private final Cache<UploadId, RunningHash> kept =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    void keep(UploadId id, RunningHash hash) {
        kept.put(id, hash);
    }

    /** Removes and returns the hash of exactly the first `bytes` bytes of an upload. */
    Optional<RunningHash> take(UploadId id, Algorithm algorithm, long bytes) {
        return Optional.ofNullable(kept.asMap().remove(id))
                .filter(hash -> hash.algorithm() == algorithm && hash.bytes() == bytes);
    }

    void drop(UploadId id) {
        kept.invalidate(id);
    }
}
