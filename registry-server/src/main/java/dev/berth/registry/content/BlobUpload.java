package dev.berth.registry.content;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An open upload, which hashes its bytes as they are written. For one thread at a time. Methods throw {@link ContentException}. */
public interface BlobUpload extends AutoCloseable {
    UploadId id();

    /** How many bytes were written. */
    long offsetBytes();

    /** Writes all of `bytes`. If the store fails, {@link #offsetBytes} says how many were written. */
    void write(ByteBuffer bytes);

    /** Deletes what was written since this upload was opened. */
    void rollBack();

    /** Makes what was written durable. */
    void force();

    /** The digest of all bytes written. */
    Digest digest(Algorithm algorithm);

    /** All bytes written; for uploads that are known to be small. */
    byte[] bytes();

    /**
     * A reader of what was written so far, for other threads. It can be used while this upload goes on and after its end, and must be closed.
     * Empty while so little was written that it has no file.
     */
    Optional<ByteSource> reader();

    /** How many bytes a reader finds now. This may be fewer than were written, since they are written in blocks. */
    long readableBytes();

    /**
     * Makes the bytes readable by their digest, durably. The upload stays until it is discarded, so that the next start can tell whether
     * a crash came before or after the metadata knew the blob.
     *
     * @param digest the result of {@link #digest}, which is not computed again
     * @return false if the store already had that blob
     */
    boolean publish(Digest digest);

    /** Closes the upload and deletes its bytes. Blobs that were published from it stay. */
    void discard();

    /** Closes the upload, which can be resumed later. */
    @Override
    void close();
}
