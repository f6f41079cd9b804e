package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobStore;
import dev.berth.registry.content.BlobUpload;
import dev.berth.registry.content.ContentException;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.database.DatabaseException;
import dev.berth.registry.metadata.blob.Blobs;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.storage.SweepUploads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step of a push. A small blob is stored with its bytes in one transaction. For a larger blob, the bytes become durable under
 * their digest, then the transaction is committed, then the file of the upload is deleted. After a crash between these steps,
 * {@link SweepUploads} finds out where it came.
 */
final class StoreBlob {
    private static final Logger LOG = LoggerFactory.getLogger(StoreBlob.class);

    private final BlobStore content;
    private final Blobs blobs;
    private final Coordination coordination;
    private final int smallBytes;

    /** @param smallBytes blobs of at most this size are kept in the metadata */
    StoreBlob(BlobStore content, Blobs blobs, Coordination coordination, int smallBytes) {
        this.content = content;
        this.blobs = blobs;
        this.coordination = coordination;
        this.smallBytes = smallBytes;
    }

    static StoreBlob of(Stores stores) {
        return new StoreBlob(
                stores.content(),
                stores.metadata().blobs(),
                stores.coordination(),
                stores.settings().smallBytes());
    }

    FinishUpload store(RepositoryName repository, BlobUpload upload, Digest announced) {
        var actual = upload.digest(announced.algorithm());
        if (!actual.equals(announced)) {
            return new FinishUpload.DigestMismatch(announced, actual);
        }
        long sizeBytes = upload.offsetBytes();
        if (sizeBytes <= smallBytes) {
            blobs.store(repository, announced, upload.bytes(), upload.id());
        } else {
            coordination.during(announced, () -> publish(repository, upload, announced, sizeBytes));
        }
        discard(upload);
        return new FinishUpload.Stored(announced, sizeBytes);
    }

    private void publish(RepositoryName repository, BlobUpload upload, Digest digest, long sizeBytes) {
        var isNew = upload.publish(digest);
        try {
            blobs.store(repository, digest, sizeBytes, upload.id());
        } catch (DatabaseException e) {
            if (isNew && isUnknown(digest)) {
                content.delete(digest);
            }
            throw e;
        }
    }

    /** Whether the metadata does not know a blob. If the database cannot be read, this returns false, and the next start decides. */
    private boolean isUnknown(Digest digest) {
        try {
            return !blobs.isKnown(digest);
        } catch (DatabaseException e) {
            return false;
        }
    }

    /** Deletes the upload. A failure is not reported to the client, because the blob is stored; the next start deletes the file. */
    private static void discard(BlobUpload upload) {
        try {
            upload.discard();
        } catch (ContentException e) {
            LOG.warn("The file of a finished upload stays until the next start: {}", e.getMessage());
        }
    }
}
