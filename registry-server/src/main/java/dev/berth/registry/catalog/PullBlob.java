package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobContent;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import java.util.Optional;

/** Finds the bytes of a repository's blob (distribution-spec, "Pulling blobs"). A blob of another repository is none. */
@SuppressWarnings("DoNotCallSuggester")
public final class PullBlob {

    /** For GET. */
    public Optional<BlobContent> find(RepositoryName repository, Digest digest) {
        throw new UnsupportedOperationException();
    }

    /** For HEAD: a client that was told a blob exists will not push it, so the answer keeps the blob for a while. */
    public Optional<BlobContent> findAndLease(RepositoryName repository, Digest digest) {
        throw new UnsupportedOperationException();
    }
}
