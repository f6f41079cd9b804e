package dev.berth.registry.catalog;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;

/** Takes a blob out of one repository (distribution-spec, "Deleting Blobs"); others that have it keep it. */
@SuppressWarnings("DoNotCallSuggester")
public final class DeleteBlob {

    /** Deletes the link, and says false when the repository has no such blob. */
    public boolean delete(RepositoryName repository, Digest digest) {
        throw new UnsupportedOperationException();
    }
}
