package dev.berth.registry.maintenance;

import dev.berth.registry.metadata.repository.RepositorySize;
import dev.berth.registry.storage.Stores;
import java.util.List;

/**
 * How much is stored.
 *
 * @param blobBytes   the bytes of all blobs, each counted once
 * @param collectable what a collection would delete now
 * @param largest     the largest repositories; a blob counts for each repository that has it
 */
public record Stats(
        long repositories,
        long tags,
        long manifests,
        long blobs,
        long blobBytes,
        long uploads,
        long capacityBytes,
        long freeBytes,
        Collected collectable,
        List<RepositorySize> largest) {
    public Stats {
        largest = List.copyOf(largest);
    }

    /** Reads the current numbers, with at most so many repositories. */
    public static Stats of(Stores stores, Collected collectable, int repositories) {
        var counts = stores.metadata().totals().read();
        var space = stores.content().capacity();
        return new Stats(
                counts.repositories(),
                counts.tags(),
                counts.manifests(),
                counts.blobs(),
                counts.blobBytes(),
                counts.uploads(),
                space.capacityBytes(),
                space.freeBytes(),
                collectable,
                stores.metadata().repositories().largest(repositories));
    }
}
