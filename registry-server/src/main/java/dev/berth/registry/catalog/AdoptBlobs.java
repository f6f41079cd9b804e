package dev.berth.registry.catalog;

import dev.berth.registry.content.Adoption;
import dev.berth.registry.content.BlobStore;
import dev.berth.registry.metadata.blob.AdoptedBlob;
import dev.berth.registry.metadata.blob.Blobs;
import dev.berth.registry.metadata.blob.PendingDeletions;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.storage.Stores;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Stores blobs from files of this machine, many in one transaction: call {@link #expect}, then {@code bytes} for each, then {@link #keep}.
 * If this is interrupted, the next start deletes the bytes again. Only for use while nobody else pushes.
 */
public final class AdoptBlobs {
    private final BlobStore content;
    private final Blobs blobs;
    private final PendingDeletions pendingDeletions;
    private final int smallBytes;

    /** @param smallBytes blobs of at most this size are kept in the metadata, as in {@link StoreBlob} */
    AdoptBlobs(BlobStore content, Blobs blobs, PendingDeletions pendingDeletions, int smallBytes) {
        this.content = content;
        this.blobs = blobs;
        this.pendingDeletions = pendingDeletions;
        this.smallBytes = smallBytes;
    }

    public static AdoptBlobs of(Stores stores) {
        return new AdoptBlobs(
                stores.content(),
                stores.metadata().blobs(),
                stores.metadata().pendingDeletions(),
                stores.settings().smallBytes());
    }

    /** Whether a blob is stored completely, so that its bytes are not needed again. */
    public boolean isHere(Digest digest, long sizeBytes) {
        return blobs.bytes(digest).isPresent()
                || (blobs.isKnown(digest)
                        && content.find(digest)
                                .filter(found -> found.sizeBytes() == sizeBytes)
                                .isPresent());
    }

    /** Whether a blob is small: its bytes are part of {@link #keep}, and it must not be expected. */
    public boolean isSmall(long sizeBytes) {
        return sizeBytes <= smallBytes;
    }

    /** Notes which bytes will be stored. */
    public void expect(Map<Digest, Long> sizes) {
        if (!sizes.isEmpty()) {
            pendingDeletions.expect(sizes);
        }
    }

    /** Stores the bytes of a file whose digest is known to be right. For any thread. */
    public Adoption bytes(Path file, Digest digest, boolean mayShare) {
        return content.adopt(file, digest, mayShare);
    }

    /** Stores bytes whose digest is known to be right. For any thread. */
    public Adoption bytes(InputStream bytes, long sizeBytes, Digest digest) {
        return content.adopt(bytes, sizeBytes, digest);
    }

    /** Makes the bytes durable, and adds the blobs to their repositories. */
    public void keep(List<AdoptedBlob> adopted, Map<Digest, Long> expected) {
        content.settleAdoptions();
        blobs.adopt(adopted);
        pendingDeletions.forget(List.copyOf(expected.keySet()));
    }
}
