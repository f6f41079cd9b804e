package dev.berth.registry.storage;

import dev.berth.registry.content.BlobStore;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.metadata.blob.Blobs;
import dev.berth.registry.metadata.blob.PendingDeletions;
import dev.berth.registry.reference.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes the bytes of blobs that no repository has any more. The same blob may have been pushed again meanwhile, so this checks each digest
 * again while nobody else can publish or delete it. After a crash, the next start continues with {@link PendingDeletions}. For one thread at
 * a time.
 */
public final class RemoveBlobs {
    private static final int AT_ONCE = 500;
    private static final int UNSETTLED = 5_000;

    private final BlobStore content;
    private final Blobs blobs;
    private final PendingDeletions pendingDeletions;
    private final Coordination coordination;
    private final List<Digest> unsettled = new ArrayList<>();

    public RemoveBlobs(BlobStore content, Blobs blobs, PendingDeletions pendingDeletions, Coordination coordination) {
        this.content = content;
        this.blobs = blobs;
        this.pendingDeletions = pendingDeletions;
        this.coordination = coordination;
    }

    public static RemoveBlobs of(Stores stores) {
        return new RemoveBlobs(
                stores.content(),
                stores.metadata().blobs(),
                stores.metadata().pendingDeletions(),
                stores.coordination());
    }

    /** Must be called before the bytes of released blobs are deleted, so that no power cut can restore rows whose bytes are gone. */
    public void harden() {
        pendingDeletions.harden();
    }

    /** Deletes the bytes of those of these blobs that the metadata does not know. */
    public void remove(List<Digest> digests) {
        for (var digest : digests) {
            coordination.during(digest, () -> {
                if (!blobs.isKnown(digest)) {
                    content.delete(digest);
                }
            });
        }
        unsettled.addAll(digests);
        if (unsettled.size() >= UNSETTLED) {
            settle();
        }
    }

    /** Makes deletions durable, and then deletes their notes. In the other order, a power cut could leave bytes that nothing notes. */
    public void settle() {
        if (!unsettled.isEmpty()) {
            content.settleDeletions();
            pendingDeletions.forget(unsettled);
            unsettled.clear();
        }
    }

    /** Continues deletions that a crash, or the end of a run, interrupted. */
    public void resume() {
        for (List<Digest> some = pendingDeletions.some(AT_ONCE);
                !some.isEmpty();
                some = pendingDeletions.some(AT_ONCE)) {
            harden();
            remove(some);
            settle();
        }
    }
}
