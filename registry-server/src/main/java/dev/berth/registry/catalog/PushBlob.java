package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobStore;
import dev.berth.registry.content.BlobUpload;
import dev.berth.registry.content.ContentException;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.coordination.UploadSession;
import dev.berth.registry.metadata.blob.Uploads;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.UploadId;
import dev.berth.registry.storage.StorageQuota;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.storage.UploadSettings;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Uploads blobs (distribution-spec, "Pushing blobs"). For any thread; calls block. A blob is stored when its bytes are durable and a
 * transaction has added it to its repository.
 */
public final class PushBlob {
    private final BlobStore content;
    private final Uploads uploads;
    private final StoreBlob store;
    private final UploadSettings settings;
    private final RandomGenerator random;
    private final Runnable requireRoom;
    private final StorageQuota quota;
    private final Coordination coordination;

    /** @param requireRoom throws {@link dev.berth.registry.content.DiskFull} while the volume has no space for pushes */
    PushBlob(
            BlobStore content,
            Uploads uploads,
            StoreBlob store,
            Coordination coordination,
            UploadSettings settings,
            RandomGenerator random,
            Runnable requireRoom,
            StorageQuota quota) {
        this.content = content;
        this.uploads = uploads;
        this.store = store;
        this.coordination = coordination;
        this.settings = settings;
        this.random = random;
        this.requireRoom = requireRoom;
        this.quota = quota;
    }

    /**
     * Uploads into these stores.
     *
     * @param random makes the IDs of uploads, so strangers must not be able to predict it
     */
    public static PushBlob of(Stores stores, RandomGenerator random) {
        return new PushBlob(
                stores.content(),
                stores.metadata().uploads(),
                StoreBlob.of(stores),
                stores.coordination(),
                stores.settings().uploads(),
                random,
                stores.room()::require,
                stores.quota());
    }

    private void requireRoom() {
        requireRoom.run();
        quota.require();
    }

    /**
     * Starts an upload that spans several requests.
     *
     * @param owner the user who pushes; empty where nobody logs in
     */
    public StartUpload start(RepositoryName repository, String owner, Algorithm algorithm) {
        requireRoom();
        var id = UploadId.random(random);
        long limit = settings.limit(owner);
        var session = uploads.start(id, repository, owner, algorithm, limit);
        return session.<StartUpload>map(StartUpload.Started::new).orElseGet(() -> new StartUpload.TooMany(limit));
    }

    /** Opens an upload for a single request. If it is closed before it is finished, nothing of it stays. */
    public UploadWriter startWhole(RepositoryName repository, Algorithm algorithm) {
        requireRoom();
        var id = UploadId.random(random);
        coordination.take(id); // a server that starts must not delete this upload
        try {
            return new WholeWriter(
                    repository, content.create(id, algorithm), quota.share(), store, () -> coordination.release(id));
        } catch (ContentException e) {
            coordination.release(id);
            throw e;
        }
    }

    /** An upload and its offset; empty if the repository has no upload of that ID. */
    public Optional<UploadSession> find(RepositoryName repository, UploadId id) {
        return uploads.find(repository, id);
    }

    /** Opens an upload for a chunk that starts at its end. */
    public AppendUpload append(RepositoryName repository, UploadId id) {
        return append(repository, id, OptionalLong.empty());
    }

    /** Opens an upload for a chunk that starts at `offsetBytes`. */
    public AppendUpload append(RepositoryName repository, UploadId id, long offsetBytes) {
        return append(repository, id, OptionalLong.of(offsetBytes));
    }

    /** Makes an upload a blob, after all its bytes were written. */
    FinishUpload finish(RepositoryName repository, UploadId id, Digest digest) {
        return switch (append(repository, id)) {
            case AppendUpload.Ready ready -> ready.writer().finish(digest);
            case AppendUpload.UnknownUpload unknown -> new FinishUpload.UnknownUpload();
            case AppendUpload.Busy busy -> new FinishUpload.Busy();
            case AppendUpload.OutOfOrder impossible ->
                throw new IllegalStateException("no offset was asked for: " + impossible);
        };
    }

    /** Deletes an upload and its bytes. */
    public CancelUpload cancel(RepositoryName repository, UploadId id) {
        if (find(repository, id).isEmpty()) {
            return CancelUpload.UNKNOWN_UPLOAD;
        }
        if (!coordination.take(id)) {
            return CancelUpload.BUSY;
        }
        try {
            drop(id);
            return CancelUpload.CANCELLED;
        } finally {
            coordination.release(id);
        }
    }

    private void drop(UploadId id) {
        uploads.remove(id);
        content.discard(id);
    }

    private AppendUpload append(RepositoryName repository, UploadId id, OptionalLong offsetBytes) {
        requireRoom();
        if (!coordination.take(id)) {
            return find(repository, id).isPresent() ? new AppendUpload.Busy() : new AppendUpload.UnknownUpload();
        }
        AppendUpload outcome = new AppendUpload.UnknownUpload();
        try {
            // The offset is read now because nobody else can change it.
            var session = find(repository, id);
            if (session.isPresent()) {
                outcome = open(session.get(), offsetBytes.orElse(session.get().offsetBytes()));
            }
            return outcome;
        } finally {
            if (!(outcome instanceof AppendUpload.Ready)) {
                coordination.release(id);
            }
        }
    }

    private AppendUpload open(UploadSession session, long wantedOffset) {
        if (wantedOffset != session.offsetBytes()) {
            return new AppendUpload.OutOfOrder(session.offsetBytes());
        }
        return bytes(session)
                .<AppendUpload>map(upload -> new AppendUpload.Ready(writer(session, upload)))
                .orElseGet(AppendUpload.UnknownUpload::new);
    }

    /** The bytes of an upload. An upload without bytes may have no file yet. */
    private Optional<BlobUpload> bytes(UploadSession session) {
        var there = content.resume(session.id(), session.algorithm(), session.offsetBytes());
        return there.isEmpty() && session.offsetBytes() == 0
                ? Optional.of(content.create(session.id(), session.algorithm()))
                : there;
    }

    private UploadWriter writer(UploadSession session, BlobUpload upload) {
        return new SessionWriter(
                session.repository(), upload, quota.share(), uploads, store, () -> coordination.release(session.id()));
    }
}
