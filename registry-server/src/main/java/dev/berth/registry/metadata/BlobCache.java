package dev.berth.registry.metadata;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The blobs that were asked for lately, by repository, with the bytes of small ones. Never behind the database, as
 * {@link ManifestCache} is not. For any thread.
 */
final class BlobCache {

    private static final long LIMIT_BYTES = 16L * 1024 * 1024;
    /** What an entry costs beside its bytes, about. */
    private static final int OVERHEAD_BYTES = 512;

    private record Key(RepositoryName repository, Digest digest) {}

    private final Cache<Key, StoredBlob> blobs = Caffeine.newBuilder()
            .maximumWeight(LIMIT_BYTES)
            .<Key, StoredBlob>weigher((key, blob) ->
                    OVERHEAD_BYTES + blob.bytes().map(bytes -> bytes.length).orElse(0))
            .executor(Runnable::run)
            .build();

    /** What needs no database; empty says nothing about whether it exists. */
    Optional<StoredBlob> remembered(RepositoryName repository, Digest digest) {
        return Optional.ofNullable(blobs.getIfPresent(new Key(repository, digest)));
    }

    /** @param read from the database, when it isn't here */
    Optional<StoredBlob> get(RepositoryName repository, Digest digest, Supplier<Optional<StoredBlob>> read) {
        return Optional.ofNullable(
                blobs.get(new Key(repository, digest), key -> read.get().orElse(null)));
    }

    void forget(RepositoryName repository, Digest digest) {
        blobs.invalidate(new Key(repository, digest));
    }
}
