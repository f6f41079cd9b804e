package dev.berth.registry.catalog;

import dev.berth.registry.content.ByteSource;
import dev.berth.registry.reference.Digest;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The one writer of an upload, held by one thread at a time. Closing it lets go of the upload; the bytes written so far
 * outlive the process and {@link PushBlob#find} counts them, so that a torn chunk is resumed where it broke off. What a power cut
 * takes of them, the client is told to send again.
 *
 * @see PushBlob
 */
public interface UploadWriter extends AutoCloseable {

    /** Where the next byte goes. */
    long offsetBytes();

    /**
     * Takes all of `bytes`.
     *
     * @throws dev.berth.registry.content.ContentException when the disk refuses; the upload stays
     */
    void write(ByteBuffer bytes);

    /** What was written so far, to be read by others meanwhile, and afterwards; to be closed. Empty while there is little. */
    Optional<ByteSource> reader();

    /** How much of it such a reader finds by now. */
    long readableBytes();

    /** Forgets what was written since this writer was opened; for a chunk that turns out not to be what it announced. */
    void rollBack();

    /** Turns all that is there into a blob of the repository and closes this writer. */
    FinishUpload finish(Digest digest);

    /** Keeps what was written and lets go of the upload; after {@link #finish} it does nothing. */
    @Override
    void close();
}
