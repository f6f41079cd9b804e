package dev.berth.registry.content;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Stores the bytes of blobs by their digests, and the bytes of uploads. Which repositories have a blob is known to the metadata, not here.
 * For any thread, but callers must see to it that one thread at a time has an upload open, and that one at a time publishes or deletes a
 * digest. Methods throw {@link ContentException} if the store fails.
 */
public interface BlobStore {
    Optional<BlobContent> find(Digest digest);

    /** Deletes the bytes of a blob, if they are stored. Whoever is reading them can read on. */
    void delete(Digest digest);

    /** Makes all deletions so far durable. Without this, a power cut may bring bytes back. */
    void settleDeletions();

    /**
     * Stores a file of this machine as a blob. The caller knows that the file has this digest; it is not computed again. The file is never
     * written to. The blob is durable after {@link #settleAdoptions}.
     *
     * @param mayShare whether the blob may be a hard link to the file
     */
    Adoption adopt(Path file, Digest digest, boolean mayShare);

    /** Stores bytes as a blob, like a file. If a blob of this digest and size is already stored, the bytes are not read. */
    Adoption adopt(InputStream bytes, long sizeBytes, Digest digest);

    /** Makes all adoptions so far durable. */
    void settleAdoptions();

    /** Opens a new, empty upload. */
    BlobUpload create(UploadId id, Algorithm algorithm);

    /**
     * Opens an upload again. Bytes beyond `offsetBytes` were never acknowledged and are cut off. After a power cut there may be fewer
     * bytes; the upload then goes on from their end.
     *
     * @return empty if no bytes of that upload are stored
     */
    Optional<BlobUpload> resume(UploadId id, Algorithm algorithm, long offsetBytes);

    /** Deletes the bytes of an upload that nobody has open. Blobs that were published from it stay. */
    void discard(UploadId id);

    /** All uploads that have a file here, even an empty one. */
    List<StoredUpload> uploads();

    /** The blobs that were published from an upload. May read all its bytes: for the start, not for requests. */
    List<Digest> published(UploadId id);

    StorageCapacity capacity();
}
