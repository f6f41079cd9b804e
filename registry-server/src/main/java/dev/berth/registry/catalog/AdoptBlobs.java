package dev.berth.registry.catalog;

import dev.berth.registry.content.Adoption;
import dev.berth.registry.content.BlobStore;
import dev.berth.registry.metadata.AdoptedBlob;
import dev.berth.registry.metadata.Blobs;
import dev.berth.registry.metadata.PendingDeletions;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.storage.Stores;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Takes over blobs that lie as files on this machine, many in one transaction: {@link #expect}, then the bytes, then {@link #keep}.
 * Stopped in between, the next start takes the bytes away again. Only while nobody else pushes.
 */
public final class AdoptBlobs {

    private final BlobStore content;
    private final Blobs blobs;
    private final PendingDeletions pendingDeletions;
    private final int smallBytes;

    /** @param smallBytes up to which size a blob is kept in the metadata, as {@link StoreBlob} does */
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

    /** Whether a blob was stored before, whole, so that its bytes need not come again. */
    public boolean isHere(Digest digest, long sizeBytes) {
        return blobs.bytes(digest).isPresent()
                || (blobs.isKnown(digest)
                        && content.find(digest)
                                .filter(found -> found.sizeBytes() == sizeBytes)
                                .isPresent());
    }

    /** Whether the bytes of a blob go along with {@link #keep}: it takes no file, so it isn't expected either. */
    public boolean isSmall(long sizeBytes) {
        return sizeBytes <= smallBytes;
    }

    /** Says which bytes will come. */
    public void expect(Map<Digest, Long> sizes) {
        if (!sizes.isEmpty()) {
            pendingDeletions.expect(sizes);
        }
    }

    /** Takes over the bytes of a file whose digest is known to be right. For any thread. */
    public Adoption bytes(Path file, Digest digest, boolean mayShare) {
        return content.adopt(file, digest, mayShare);
    }

    /** Takes over bytes that come from elsewhere, whose digest is known to be right. For any thread. */
    public Adoption bytes(InputStream bytes, long sizeBytes, Digest digest) {
        return content.adopt(bytes, sizeBytes, digest);
    }

    /** Makes what came durable and gives it to its repositories. */
    public void keep(List<AdoptedBlob> adopted, Map<Digest, Long> expected) {
        content.settleAdoptions();
        blobs.adopt(adopted);
        pendingDeletions.forget(List.copyOf(expected.keySet()));
    }
}
