package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobUpload;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.QuotaShare;

/** Writes an upload of a single request. It becomes a blob or is deleted, and never has a row. */
final class WholeWriter extends UploadWriter {
    private final RepositoryName repository;
    private final StoreBlob store;
    private final Runnable release;
    private boolean stored;
    private boolean released;

    /** Closes `upload` in the end, and then calls `release`. */
    WholeWriter(RepositoryName repository, BlobUpload upload, QuotaShare quota, StoreBlob store, Runnable release) {
        super(upload, quota);
        this.repository = repository;
        this.store = store;
        this.release = release;
    }

    @Override
    public FinishUpload finish(Digest digest) {
        try (this) {
            var outcome = store.store(repository, upload, digest);
            stored = outcome instanceof FinishUpload.Stored;
            if (stored) {
                quota.stored();
            }
            return outcome;
        }
    }

    @Override
    public void close() {
        if (released) {
            return;
        }
        released = true;
        try {
            if (!stored) {
                upload.discard();
            }
        } finally {
            quota.close();
            release.run();
        }
    }
}
