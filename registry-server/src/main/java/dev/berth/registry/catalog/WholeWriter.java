package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobUpload;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;

/** Writes an upload that lives within one request: it ends as a blob or as nothing, and costs no row. */
final class WholeWriter extends UploadWriter {

    private final RepositoryName repository;
    private final StoreBlob store;
    private final Runnable release;
    private boolean stored;
    private boolean released;

    /** Takes over `upload`; `release` lets others have it once this is closed. */
    WholeWriter(RepositoryName repository, BlobUpload upload, StoreBlob store, Runnable release) {
        super(upload);
        this.repository = repository;
        this.store = store;
        this.release = release;
    }

    @Override
    public FinishUpload finish(Digest digest) {
        try (this) {
            FinishUpload outcome = store.store(repository, upload, digest);
            stored = outcome instanceof FinishUpload.Stored;
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
            release.run();
        }
    }
}
