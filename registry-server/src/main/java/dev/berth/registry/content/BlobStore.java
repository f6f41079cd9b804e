package dev.berth.registry.content;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Bytes by their digest, and uploads on their way there. It keeps what it is told to keep: which blobs are wanted, and by
 * whom, is the metadata's to know. For any thread, as long as one at a time has an upload open, and one at a time publishes
 * or deletes a digest. Methods throw {@link ContentException} when the store fails.
 */
public interface BlobStore {

    Optional<BlobContent> find(Digest digest);

    /** Takes a blob's bytes away, if they are here. Who is reading them reads on. */
    void delete(Digest digest);

    /** Makes deletions so far survive a power cut, which could else bring bytes back. */
    void settleDeletions();

    /**
     * Stores a file of this machine as a blob; that it has this digest is the caller's word. The file is read and never written, now or
     * later. Survives a power cut after {@link #settleAdoptions}.
     *
     * @param mayShare whether the blob may be a second name of the file, where that can be
     */
    Adoption adopt(Path file, Digest digest, boolean mayShare);

    /** The same of bytes that are no file here: they are copied. They aren't read when the blob is here, by its size. */
    Adoption adopt(InputStream bytes, long sizeBytes, Digest digest);

    /** Makes adoptions so far survive a power cut. */
    void settleAdoptions();

    /** Opens a new upload, empty. */
    BlobUpload create(UploadId id, Algorithm algorithm);

    /**
     * Opens an upload again where it stood. What lies beyond `offsetBytes` was never acknowledged and is cut off; after a
     * power cut there may be less, and the upload goes on from there.
     *
     * @return empty when no bytes of that upload are here
     */
    Optional<BlobUpload> resume(UploadId id, Algorithm algorithm, long offsetBytes);

    /** Takes the bytes of an upload away that nobody has open; what was published of them stays. */
    void discard(UploadId id);

    /** All uploads that have a place here, even of no bytes yet: as many as are in flight. */
    List<StoredUpload> uploads();

    /** Which blobs the bytes of an upload were published as. Reads them through if it must: for start-up, not for requests. */
    List<Digest> published(UploadId id);

    StorageCapacity capacity();
}
