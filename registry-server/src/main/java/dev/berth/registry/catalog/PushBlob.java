package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobStore;
import dev.berth.registry.content.BlobUpload;
import dev.berth.registry.content.ContentException;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.coordination.UploadSession;
import dev.berth.registry.metadata.Uploads;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.UploadId;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.storage.UploadSettings;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Uploads and the blobs they become (distribution-spec, "Pushing blobs"). For any thread; calls block.
 * A blob is stored when its bytes are durable under their digest and a transaction has linked it to its repository.
 */
public final class PushBlob {

    private final BlobStore content;
    private final Uploads uploads;
    private final StoreBlob store;
    private final UploadSettings settings;
    private final RandomGenerator random;
    private final Runnable requireRoom;
    private final Coordination coordination;

    /** @param requireRoom throws {@link dev.berth.registry.content.DiskFull} while nothing can be pushed */
    PushBlob(
            BlobStore content,
            Uploads uploads,
            StoreBlob store,
            Coordination coordination,
            UploadSettings settings,
            RandomGenerator random,
            Runnable requireRoom) {
        this.content = content;
        this.uploads = uploads;
        this.store = store;
        this.coordination = coordination;
        this.settings = settings;
        this.random = random;
        this.requireRoom = requireRoom;
    }

    /**
     * Pushes into these stores.
     *
     * @param random names uploads, so strangers must not be able to guess what it gives
     */
    public static PushBlob of(Stores stores, RandomGenerator random) {
        return new PushBlob(
                stores.content(),
                stores.metadata().uploads(),
                StoreBlob.of(stores),
                stores.coordination(),
                stores.settings().uploads(),
                random,
                stores.room()::require);
    }

    /**
     * Starts an upload that goes on over many requests.
     *
     * @param owner who pushes; empty where nobody logs in
     */
    public StartUpload start(RepositoryName repository, String owner, Algorithm algorithm) {
        requireRoom.run();
        UploadId id = UploadId.random(random);
        long limit = settings.limit(owner);
        Optional<UploadSession> session = uploads.start(id, repository, owner, algorithm, limit);
        return session.<StartUpload>map(StartUpload.Started::new).orElseGet(() -> new StartUpload.TooMany(limit));
    }

    /** Opens an upload that lives within one request: closed before it is finished, it leaves nothing. */
    public UploadWriter startWhole(RepositoryName repository, Algorithm algorithm) {
        requireRoom.run();
        UploadId id = UploadId.random(random);
        coordination.take(id); // nobody else knows its id, but a server that starts looks at all uploads
        try {
            return new WholeWriter(repository, content.create(id, algorithm), store, () -> coordination.release(id));
        } catch (ContentException e) {
            coordination.release(id);
            throw e;
        }
    }

    /** How far an upload is; empty when the repository has none of that id. */
    public Optional<UploadSession> find(RepositoryName repository, UploadId id) {
        return uploads.find(repository, id);
    }

    /** Opens an upload for a chunk that starts wherever the upload stands. */
    public AppendUpload append(RepositoryName repository, UploadId id) {
        return append(repository, id, OptionalLong.empty());
    }

    /** Opens an upload for a chunk that says where it starts. */
    public AppendUpload append(RepositoryName repository, UploadId id, long offsetBytes) {
        return append(repository, id, OptionalLong.of(offsetBytes));
    }

    /** Turns an upload whose bytes are all there into a blob. */
    public FinishUpload finish(RepositoryName repository, UploadId id, Digest digest) {
        return switch (append(repository, id)) {
            case AppendUpload.Ready ready -> ready.writer().finish(digest);
            case AppendUpload.UnknownUpload unknown -> new FinishUpload.UnknownUpload();
            case AppendUpload.Busy busy -> new FinishUpload.Busy();
            case AppendUpload.OutOfOrder impossible ->
                throw new IllegalStateException("no offset was asked for: " + impossible);
        };
    }

    /** Drops an upload and its bytes. */
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
        requireRoom.run();
        if (!coordination.take(id)) {
            return find(repository, id).isPresent() ? new AppendUpload.Busy() : new AppendUpload.UnknownUpload();
        }
        AppendUpload outcome = new AppendUpload.UnknownUpload();
        try {
            // Read only now that nobody else moves the offset.
            Optional<UploadSession> session = find(repository, id);
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

    /** One that has no bytes yet may have no place either. */
    private Optional<BlobUpload> bytes(UploadSession session) {
        Optional<BlobUpload> there = content.resume(session.id(), session.algorithm(), session.offsetBytes());
        return there.isEmpty() && session.offsetBytes() == 0
                ? Optional.of(content.create(session.id(), session.algorithm()))
                : there;
    }

    private UploadWriter writer(UploadSession session, BlobUpload upload) {
        return new SessionWriter(
                session.repository(), upload, uploads, store, () -> coordination.release(session.id()));
    }
}
