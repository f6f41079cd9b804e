package dev.berth.registry.catalog;

import dev.berth.registry.metadata.blob.Blobs;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.Stores;

/**
 * Removes a blob from one repository (distribution-spec, "Deleting Blobs"). Other repositories keep it. If none has it, collection deletes
 * the bytes.
 */
public final class DeleteBlob {
    private final Blobs blobs;

    DeleteBlob(Blobs blobs) {
        this.blobs = blobs;
    }

    public static DeleteBlob of(Stores stores) {
        return new DeleteBlob(stores.metadata().blobs());
    }

    /** Removes the blob. Returns false if the repository does not have it. */
    public boolean delete(RepositoryName repository, Digest digest) {
        return blobs.unlink(repository, digest);
    }
}
