package dev.berth.registry.metadata;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The manifests that were asked for lately, and what tags stand on. Never behind the database: a reading is put in under the
 * lock of its key, so who has changed a row and then forgets the key here waits for a reading that began before, and takes it
 * out. For any thread.
 */
final class ManifestCache {

    private static final long LIMIT_BYTES = 16L * 1024 * 1024;
    private static final long LIMIT_TAGS = 50_000;
    /** What an entry costs beside its bytes, about. */
    private static final int OVERHEAD_BYTES = 512;

    private record ManifestKey(RepositoryName repository, Digest digest) {}

    private record TagKey(RepositoryName repository, Tag tag) {}

    private final Cache<ManifestKey, Manifest> manifests = Caffeine.newBuilder()
            .maximumWeight(LIMIT_BYTES)
            .<ManifestKey, Manifest>weigher((key, manifest) -> OVERHEAD_BYTES + manifest.bytes().length)
            .executor(Runnable::run)
            .build();

    private final Cache<TagKey, Digest> tags = Caffeine.newBuilder()
            .maximumSize(LIMIT_TAGS)
            .executor(Runnable::run)
            .build();

    /** What needs no database; empty says nothing about whether it exists. */
    Optional<Manifest> remembered(RepositoryName repository, Reference reference) {
        Optional<Digest> digest = switch (reference) {
            case Digest known -> Optional.of(known);
            case Tag tag -> Optional.ofNullable(tags.getIfPresent(new TagKey(repository, tag)));
        };
        return digest.map(known -> manifests.getIfPresent(new ManifestKey(repository, known)));
    }

    /** @param read from the database, when it isn't here */
    Optional<Manifest> manifest(RepositoryName repository, Digest digest, Supplier<Optional<Manifest>> read) {
        return Optional.ofNullable(manifests.get(
                new ManifestKey(repository, digest), key -> read.get().orElse(null)));
    }

    /** @param read from the database, when it isn't here */
    Optional<Digest> tagged(RepositoryName repository, Tag tag, Supplier<Optional<Digest>> read) {
        return Optional.ofNullable(
                tags.get(new TagKey(repository, tag), key -> read.get().orElse(null)));
    }

    void forget(RepositoryName repository, Digest digest) {
        manifests.invalidate(new ManifestKey(repository, digest));
    }

    void forget(RepositoryName repository, Set<Tag> moved) {
        moved.forEach(tag -> tags.invalidate(new TagKey(repository, tag)));
    }
}
