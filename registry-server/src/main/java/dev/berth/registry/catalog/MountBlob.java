package dev.berth.registry.catalog;

import dev.berth.registry.metadata.blob.Blobs;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.StorageRoom;
import dev.berth.registry.storage.Stores;
import java.util.function.Predicate;

/**
 * Adds a blob of one repository to another without copying bytes (distribution-spec, "Mounting a blob from another repository").
 */
public final class MountBlob {
    /** At most so many repositories are checked for one that the client may read. If there is none, the client uploads the blob. */
    private static final int MOST_HOLDERS = 1_000;

    private final PullBlob pull;
    private final Blobs blobs;
    private final StorageRoom room;

    MountBlob(PullBlob pull, Blobs blobs, StorageRoom room) {
        this.room = room;
        this.pull = pull;
        this.blobs = blobs;
    }

    public static MountBlob of(Stores stores) {
        return new MountBlob(PullBlob.of(stores), stores.metadata().blobs(), stores.room());
    }

    /**
     * Adds a blob to `target` if `source` has it. The caller has checked that the client may read `source`.
     *
     * @return false, and nothing has changed, if `source` has no such blob
     */
    public boolean mount(RepositoryName target, Digest digest, RepositoryName source) {
        room.require();
        return pull.find(source, digest).isPresent() && blobs.mount(target, digest, source);
    }

    /**
     * Adds a blob to `target` if any repository that the client may read has it.
     *
     * @return false, and nothing has changed, if no such repository has it
     */
    public boolean mountFromAny(RepositoryName target, Digest digest, Predicate<RepositoryName> readable) {
        return blobs.holders(digest, MOST_HOLDERS).stream()
                .filter(readable)
                .anyMatch(source -> mount(target, digest, source));
    }
}
