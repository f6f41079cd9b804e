package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.remote.KeyedLock;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.limits.MirrorQuota;
import dev.berth.registry.upstream.pull.BlobTransfer;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Copies the blobs that a repository lacks: mounts them from another repository of the same mirror if one has them, else fetches them from
 * the upstream, once for all images that need them. For any thread.
 */
final class CopyBlobs {
    /** The most blobs at a time of an image and of a mirror. The rest of the upstream's limit is left for pulls. */
    private static final AtATime OF_AN_IMAGE = new AtATime(4);

    private static final int OF_A_MIRROR = 8;

    private final SyncStore store;
    private final UpstreamClient client;
    private final MirrorQuota quota;
    private final String prefix;
    private final SyncProgress progress;
    private final Semaphore room = new Semaphore(OF_A_MIRROR);
    private final KeyedLock<Digest> underWay = new KeyedLock<>();

    CopyBlobs(SyncSource source, SyncProgress progress) {
        this.store = source.store();
        this.client = source.client();
        this.quota = source.quota();
        this.prefix = source.prefix() + "/";
        this.progress = progress;
    }

    /** Copies blobs. Returns when the repository has all of them. */
    void copy(SyncRepository repository, Set<Digest> blobs) throws InterruptedException {
        var missing = blobs.stream()
                .filter(blob -> !store.renewLease(repository.here(), blob))
                .toList();
        OF_AN_IMAGE.each(missing, blob -> once(repository, blob));
    }

    private void once(SyncRepository repository, Digest blob) throws InterruptedException {
        try (var _ = underWay.lock(blob)) {
            if (!store.renewLease(repository.here(), blob) && !mount(repository.here(), blob)) {
                quota.requireRoom();
                room.acquire();
                try {
                    fetch(repository, blob);
                } finally {
                    room.release();
                }
            }
        }
    }

    /** Mounts a blob from a repository of the same upstream only: the blobs of others may be private. */
    private boolean mount(RepositoryName here, Digest blob) {
        return store.mount(here, blob, holder -> holder.value().startsWith(prefix));
    }

    private void fetch(SyncRepository repository, Digest blob) throws InterruptedException {
        var transfer = new BlobTransfer(client, repository.there(), blob, (bytes, _) -> progress.copies(bytes));
        try (var writer = store.startBlob(repository.here(), blob.algorithm());
                var admission = quota.admit()) {
            transfer.into(writer, admission);
        }
    }
}
