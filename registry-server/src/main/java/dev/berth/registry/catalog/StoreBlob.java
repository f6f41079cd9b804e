package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobStore;
import dev.berth.registry.content.BlobUpload;
import dev.berth.registry.content.ContentException;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.database.DatabaseException;
import dev.berth.registry.metadata.Blobs;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.storage.SweepUploads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step of a push. A small blob is one transaction, bytes and all. Of a larger one first the bytes become durable under
 * their digest, then comes the transaction, then the upload's own file goes; stopped after any of these, {@link SweepUploads}
 * knows which.
 */
final class StoreBlob {

    private static final Logger LOG = LoggerFactory.getLogger(StoreBlob.class);

    private final BlobStore content;
    private final Blobs blobs;
    private final Coordination coordination;
    private final int smallBytes;

    /** @param smallBytes up to which size a blob is kept in the metadata */
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
        Digest actual = upload.digest(announced.algorithm());
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
        boolean isNew = upload.publish(digest);
        try {
            blobs.store(repository, digest, sizeBytes, upload.id());
        } catch (DatabaseException e) {
            if (isNew && isUnknown(digest)) {
                content.delete(digest);
            }
            throw e;
        }
    }

    /** Whether no transaction has linked a blob. If that can't be found out, the upload stays beside the bytes, and the next start looks again. */
    private boolean isUnknown(Digest digest) {
        try {
            return !blobs.isKnown(digest);
        } catch (DatabaseException e) {
            return false;
        }
    }

    /** The blob is stored by now, so a failure here is not the client's; the next start clears the file away. */
    private static void discard(BlobUpload upload) {
        try {
            upload.discard();
        } catch (ContentException e) {
            LOG.warn("A stored blob's upload stays until the next start: {}", e.getMessage());
        }
    }
}
