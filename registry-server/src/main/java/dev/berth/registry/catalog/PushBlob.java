package dev.berth.registry.catalog;

import dev.berth.registry.metadata.UploadSession;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.UploadId;
import java.util.Optional;

/**
 * Uploads and the blobs they become (distribution-spec, "Pushing blobs"). For any thread; calls block.
 * A blob is stored when its bytes are durable under their digest and a transaction has linked it to its repository.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class PushBlob {

    /**
     * Starts an upload that goes on over many requests.
     *
     * @param owner who pushes; empty where nobody logs in
     */
    public UploadSession start(RepositoryName repository, String owner, Algorithm algorithm) {
        throw new UnsupportedOperationException();
    }

    /** Opens an upload that lives within one request: closed before it is finished, it leaves nothing. */
    public UploadWriter startWhole(RepositoryName repository, Algorithm algorithm) {
        throw new UnsupportedOperationException();
    }

    /** How far an upload is; empty when the repository has none of that id. */
    public Optional<UploadSession> find(RepositoryName repository, UploadId id) {
        throw new UnsupportedOperationException();
    }

    /** Opens an upload for a chunk that starts wherever the upload stands. */
    public AppendUpload append(RepositoryName repository, UploadId id) {
        throw new UnsupportedOperationException();
    }

    /** Opens an upload for a chunk that says where it starts. */
    public AppendUpload append(RepositoryName repository, UploadId id, long offsetBytes) {
        throw new UnsupportedOperationException();
    }

    /** Turns an upload whose bytes are all there into a blob. */
    public FinishUpload finish(RepositoryName repository, UploadId id, Digest digest) {
        throw new UnsupportedOperationException();
    }

    /**
     * Drops an upload and its bytes.
     *
     * @return false when the repository has none of that id
     */
    public boolean cancel(RepositoryName repository, UploadId id) {
        throw new UnsupportedOperationException();
    }
}
