package dev.berth.registry.maintenance;

import dev.berth.registry.metadata.repository.RepositorySize;
import dev.berth.registry.storage.Stores;
import java.util.List;
import java.util.Objects;

/**
 * How much is stored.
 *
 * @param blobBytes   the bytes of all blobs, each counted once
 * @param collectable what a collection would delete now
 * @param waiting     what a later collection will delete
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
        Waiting waiting,
        List<RepositorySize> largest) {
    public Stats {
        // A server of an older version does not say it.
        waiting = Objects.requireNonNullElse(waiting, Waiting.NOTHING);
        largest = List.copyOf(largest);
    }

    /** Reads the current numbers, with at most so many repositories. */
    public static Stats of(Stores stores, Collected collectable, Waiting waiting, int repositories) {
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
                waiting,
                stores.metadata().repositories().largest(repositories));
    }
}
