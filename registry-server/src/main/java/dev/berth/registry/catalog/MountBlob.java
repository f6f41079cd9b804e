package dev.berth.registry.catalog;

import dev.berth.registry.metadata.Blobs;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.StorageRoom;
import dev.berth.registry.storage.Stores;
import java.util.function.Predicate;

/**
 * Makes a blob of one repository one of another's, without moving a byte (distribution-spec, "Mounting a blob from another
 * repository").
 */
public final class MountBlob {

    /** So many repositories are looked at for one that may be read; a client that finds none just uploads. */
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
     * Links `digest` to `target` if `source` has it. That the client may read `source` is the caller's to know.
     *
     * @return false when `source` has no such blob; nothing has changed then
     */
    public boolean mount(RepositoryName target, Digest digest, RepositoryName source) {
        room.require();
        return pull.find(source, digest).isPresent() && blobs.mount(target, digest, source);
    }

    /**
     * Links `digest` to `target` if any repository has it that the client may read.
     *
     * @return false when none has; nothing has changed then
     */
    public boolean mountFromAny(RepositoryName target, Digest digest, Predicate<RepositoryName> readable) {
        return blobs.holders(digest, MOST_HOLDERS).stream()
                .filter(readable)
                .anyMatch(source -> mount(target, digest, source));
    }
}
