package dev.berth.registry.storage;

import dev.berth.registry.content.BlobStore;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.metadata.Blobs;
import dev.berth.registry.metadata.PendingDeletions;
import dev.berth.registry.reference.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes away the bytes of blobs that no repository has any more. A push of the same bytes may have come in between; so each digest is
 * asked for once more while nobody else publishes or deletes it. Stopped at any moment, the next start goes on by {@link PendingDeletions}.
 * For one thread at a time.
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

    /** Called between the step that released blobs and the removal of their bytes: no power cut may bring back rows without bytes. */
    public void harden() {
        pendingDeletions.harden();
    }

    /** Takes the bytes of these away that are still unknown to the metadata. */
    public void remove(List<Digest> digests) {
        for (Digest digest : digests) {
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

    /** Makes what was removed so far last, and forgets about it: only in this order can no power cut leave bytes behind. */
    public void settle() {
        if (!unsettled.isEmpty()) {
            content.settleDeletions();
            pendingDeletions.forget(unsettled);
            unsettled.clear();
        }
    }

    /** Goes on where a crash, or the end of a run, came between. */
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
