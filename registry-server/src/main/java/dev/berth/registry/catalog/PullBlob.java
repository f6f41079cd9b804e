package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobContent;
import dev.berth.registry.content.BlobStore;
import dev.berth.registry.metadata.Metadata;
import dev.berth.registry.metadata.StoredBlob;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.Stores;
import java.util.Optional;

/**
 * Finds the bytes of a repository's blob (distribution-spec, "Pulling blobs"). A blob of another repository is none, and so
 * is one whose bytes someone took away: who then pushes it again brings it back.
 */
public final class PullBlob {

    private final BlobStore content;
    private final Metadata metadata;

    PullBlob(BlobStore content, Metadata metadata) {
        this.content = content;
        this.metadata = metadata;
    }

    public static PullBlob of(Stores stores) {
        return new PullBlob(stores.content(), stores.metadata());
    }

    /** For GET. */
    public Optional<BlobContent> find(RepositoryName repository, Digest digest) {
        return metadata.blobs()
                .find(repository, digest)
                .flatMap(blob -> inMemory(blob).or(() -> content.find(digest)));
    }

    /** Small blobs that were asked for lately, without waiting; empty says nothing about whether they exist. */
    public Optional<BlobContent> remembered(RepositoryName repository, Digest digest) {
        return metadata.blobs().remembered(repository, digest).flatMap(PullBlob::inMemory);
    }

    private static Optional<BlobContent> inMemory(StoredBlob blob) {
        return blob.bytes().map(BlobContent.Bytes::new);
    }

    /** For HEAD: a client that was told a blob exists will not push it, so the answer keeps the blob for a while. */
    public Optional<BlobContent> findAndLease(RepositoryName repository, Digest digest) {
        return find(repository, digest).filter(blob -> metadata.leases().renew(repository, digest));
    }
}
