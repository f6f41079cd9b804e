package dev.berth.registry.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.UploadId;
import java.util.Optional;

/**
 * The hashes of uploads that wait for their next chunk. One that was dropped, or lost by a restart, is made again from the
 * bytes; so the number kept is a matter of speed, and bounded. For any thread.
 */
final class RunningHashes {

    private static final int KEPT = 10_000;

    private final Cache<UploadId, RunningHash> kept =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    void keep(UploadId id, RunningHash hash) {
        kept.put(id, hash);
    }

    /** Hands out the hash of exactly the first `bytes` bytes of an upload. */
    Optional<RunningHash> take(UploadId id, Algorithm algorithm, long bytes) {
        return Optional.ofNullable(kept.asMap().remove(id))
                .filter(hash -> hash.algorithm() == algorithm && hash.bytes() == bytes);
    }

    void drop(UploadId id) {
        kept.invalidate(id);
    }
}
