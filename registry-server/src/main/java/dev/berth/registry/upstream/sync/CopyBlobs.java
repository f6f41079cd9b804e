package dev.berth.registry.upstream.sync;

import dev.berth.registry.catalog.FinishUpload;
import dev.berth.registry.catalog.UploadWriter;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.upstream.client.UpstreamBlob;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.client.UpstreamException;
import dev.berth.registry.upstream.limits.BlobAdmission;
import dev.berth.registry.upstream.limits.MirrorQuota;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings blobs that a repository lacks: from another repository of the same mirror without moving a byte, else from the upstream, and
 * then once however many images wait for it. For any thread.
 */
final class CopyBlobs {
    /** Of an image, and of a mirror: some are left for what is pulled on demand. */
    private static final AtATime OF_AN_IMAGE = new AtATime(4);

    private static final int OF_A_MIRROR = 8;

    /** A stream that breaks off is gone on with as often as this, as long as something comes each time. */
    private static final int MOST_BREAKS = 5;

    private final SyncStore store;
    private final UpstreamClient client;
    private final MirrorQuota quota;
    private final String prefix;
    private final SyncProgress progress;
    private final Semaphore room = new Semaphore(OF_A_MIRROR);
    private final Map<Digest, ReentrantLock> underWay = new ConcurrentHashMap<>();

    CopyBlobs(SyncSource source, SyncProgress progress) {
        this.store = source.store();
        this.client = source.client();
        this.quota = source.quota();
        this.prefix = source.prefix() + "/";
        this.progress = progress;
    }

    /** Returns when the repository has all of them. Throws {@link UpstreamException}. */
    void copy(SyncRepository repository, Set<Digest> blobs) throws InterruptedException {
        var missing = blobs.stream()
                .filter(blob -> !store.renewLease(repository.here(), blob))
                .toList();
        OF_AN_IMAGE.each(missing, blob -> once(repository, blob));
    }

    private void once(SyncRepository repository, Digest blob) throws InterruptedException {
        var lock = underWay.computeIfAbsent(blob, _ -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            if (!store.renewLease(repository.here(), blob) && !mount(repository.here(), blob)) {
                quota.requireRoom();
                room.acquire();
                try {
                    fetch(repository, blob);
                } finally {
                    room.release();
                }
            }
        } finally {
            lock.unlock();
            underWay.remove(blob, lock);
        }
    }

    /** Only from what came from the same upstream: another's blobs may be private. */
    private boolean mount(RepositoryName here, Digest blob) {
        return store.mount(here, blob, holder -> holder.value().startsWith(prefix));
    }

    private void fetch(SyncRepository repository, Digest blob) throws InterruptedException {
        try (var writer = store.startBlob(repository.here(), blob.algorithm());
                var admission = quota.admit()) {
            for (var breaks = 0; ; breaks++) {
                var from = writer.offsetBytes();
                try (var bytes = client.blob(repository.there(), blob, from)) {
                    admission.announced(bytes.sizeBytes());
                    readAll(bytes, writer, admission);
                    var sizeBytes = writer.offsetBytes();
                    finish(writer, bytes, blob);
                    admission.stored(sizeBytes);
                    return;
                } catch (UpstreamException e) {
                    if (breaks == MOST_BREAKS || writer.offsetBytes() == from) {
                        throw e;
                    }
                }
            }
        }
    }

    private void readAll(UpstreamBlob bytes, UploadWriter writer, BlobAdmission admission) throws InterruptedException {
        for (var piece = bytes.next(); piece.isPresent(); piece = bytes.next()) {
            admission.next(piece.get().remaining());
            progress.copies(piece.get().remaining());
            writer.write(piece.get());
        }
    }

    private static void finish(UploadWriter writer, UpstreamBlob bytes, Digest blob) {
        if (!(writer.finish(blob) instanceof FinishUpload.Stored)) {
            bytes.wasWrong();
            throw new SyncException("Malformed", "the bytes that it sent for the blob " + blob + " are not that blob");
        }
    }
}
