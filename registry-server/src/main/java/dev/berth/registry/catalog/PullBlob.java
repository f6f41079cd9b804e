package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobContent;
import dev.berth.registry.content.BlobStore;
import dev.berth.registry.metadata.Metadata;
import dev.berth.registry.metadata.blob.StoredBlob;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.Stores;
import java.util.Optional;

/**
 * Finds the bytes of a blob of a repository (distribution-spec, "Pulling blobs"). A blob that only other repositories have is not found.
 * Neither is one whose file is missing; pushing it again restores it.
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

    /** The bytes of a blob, for GET. */
    public Optional<BlobContent> find(RepositoryName repository, Digest digest) {
        return metadata.blobs()
                .find(repository, digest)
                .flatMap(blob -> inMemory(blob).or(() -> content.find(digest)));
    }

    /** A small blob if it is in memory, for callers that must not block. Empty does not mean that it does not exist. */
    public Optional<BlobContent> remembered(RepositoryName repository, Digest digest) {
        return metadata.blobs().remembered(repository, digest).flatMap(PullBlob::inMemory);
    }

    private static Optional<BlobContent> inMemory(StoredBlob blob) {
        return blob.bytes().map(BlobContent.Bytes::new);
    }

    /** The bytes of a blob, for HEAD. A client that was told that a blob exists does not push it, so this renews the lease of the blob. */
    public Optional<BlobContent> findAndLease(RepositoryName repository, Digest digest) {
        return find(repository, digest).filter(blob -> metadata.leases().renew(repository, digest));
    }
}
