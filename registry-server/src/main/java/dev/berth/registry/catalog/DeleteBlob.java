package dev.berth.registry.catalog;

import dev.berth.registry.metadata.Blobs;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.Stores;

/**
 * Takes a blob out of one repository (distribution-spec, "Deleting Blobs"); others that have it keep it, and the bytes go by
 * collection.
 */
public final class DeleteBlob {

    private final Blobs blobs;

    DeleteBlob(Blobs blobs) {
        this.blobs = blobs;
    }

    public static DeleteBlob of(Stores stores) {
        return new DeleteBlob(stores.metadata().blobs());
    }

    /** Deletes the link, and says false when the repository has no such blob. */
    public boolean delete(RepositoryName repository, Digest digest) {
        return blobs.unlink(repository, digest);
    }
}
