package dev.berth.registry.content;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An open upload: bytes that are hashed as they come. For one thread at a time; fails with {@link ContentException}. */
public interface BlobUpload extends AutoCloseable {

    UploadId id();

    /** Where the next byte goes. */
    long offsetBytes();

    /** Takes all of `bytes`; when the store refuses, {@link #offsetBytes} says how many it took. */
    void write(ByteBuffer bytes);

    /** Cuts off what lies beyond where this upload stood when it was opened. */
    void rollBack();

    /** Makes what was written survive a power cut. */
    void force();

    /** The digest of all that is there. */
    Digest digest(Algorithm algorithm);

    /** All that is there; for uploads that are known to be small. */
    byte[] bytes();

    /**
     * What was written so far, to be read by others while this goes on, and when it's over; to be closed. Empty as long as there is so
     * little that it has no file.
     */
    Optional<ByteSource> reader();

    /** How much of it such a reader finds by now; what comes is written in blocks. */
    long readableBytes();

    /**
     * Makes the bytes readable under their digest, durably. The upload stays until it is discarded, so that a crash before
     * the metadata knows the blob can be told apart from one after.
     *
     * @param digest what {@link #digest} has said; not computed again
     * @return false when the store had that blob already
     */
    boolean publish(Digest digest);

    /** Closes the upload and takes its bytes away; what was published of them stays. */
    void discard();

    /** Lets go of the upload, to be resumed another time. */
    @Override
    void close();
}
