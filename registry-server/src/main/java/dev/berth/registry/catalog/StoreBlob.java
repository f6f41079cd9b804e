package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobStore;
import dev.berth.registry.content.BlobUpload;
import dev.berth.registry.content.ContentException;
import dev.berth.registry.metadata.Blobs;
import dev.berth.registry.metadata.MetadataException;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step of a push: bytes durable under their digest, then one transaction, then the upload's own file goes. Stopped
 * after any of these, {@link SweepUploads} knows which.
 */
final class StoreBlob {

    private static final Logger LOG = LoggerFactory.getLogger(StoreBlob.class);

    private final BlobStore content;
    private final Blobs blobs;
    private final DigestLocks locks;

    StoreBlob(BlobStore content, Blobs blobs, DigestLocks locks) {
        this.content = content;
        this.blobs = blobs;
        this.locks = locks;
    }

    FinishUpload store(RepositoryName repository, BlobUpload upload, Digest announced) {
        Digest actual = upload.digest(announced.algorithm());
        if (!actual.equals(announced)) {
            return new FinishUpload.DigestMismatch(announced, actual);
        }
        long sizeBytes = upload.offsetBytes();
        locks.during(announced, () -> publish(repository, upload, announced, sizeBytes));
        discard(upload);
        return new FinishUpload.Stored(announced, sizeBytes);
    }

    private void publish(RepositoryName repository, BlobUpload upload, Digest digest, long sizeBytes) {
        boolean isNew = upload.publish(digest);
        try {
            blobs.store(repository, digest, sizeBytes, upload.id());
        } catch (MetadataException e) {
            if (isNew) {
                content.delete(digest);
            }
            throw e;
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
