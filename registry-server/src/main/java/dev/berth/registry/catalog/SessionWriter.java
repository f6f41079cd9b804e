package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobUpload;
import dev.berth.registry.metadata.blob.Uploads;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.QuotaShare;

/** Writes to an upload that spans several requests. */
final class SessionWriter extends UploadWriter {
    private final RepositoryName repository;
    private final Uploads uploads;
    private final StoreBlob store;
    private final Runnable release;
    private boolean over;

    /** Closes `upload` in the end, and then calls `release`, so that others can open it. */
    SessionWriter(
            RepositoryName repository,
            BlobUpload upload,
            QuotaShare quota,
            Uploads uploads,
            StoreBlob store,
            Runnable release) {
        super(upload, quota);
        this.repository = repository;
        this.uploads = uploads;
        this.store = store;
        this.release = release;
    }

    @Override
    public FinishUpload finish(Digest digest) {
        over = true;
        try (upload) {
            var outcome = store.store(repository, upload, digest);
            if (outcome instanceof FinishUpload.DigestMismatch) {
                uploads.remove(upload.id());
                upload.discard();
            } else {
                quota.stored();
            }
            return outcome;
        } finally {
            quota.close();
            release.run();
        }
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        try {
            upload.close();
            uploads.advance(upload.id(), upload.offsetBytes());
            quota.stored();
        } finally {
            quota.close();
            release.run();
        }
    }
}
