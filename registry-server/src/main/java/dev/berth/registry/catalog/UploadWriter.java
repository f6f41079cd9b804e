package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobUpload;
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
public abstract sealed class UploadWriter implements AutoCloseable permits SessionWriter, WholeWriter {

    final BlobUpload upload;

    UploadWriter(BlobUpload upload) {
        this.upload = upload;
    }

    /** Where the next byte goes. */
    public final long offsetBytes() {
        return upload.offsetBytes();
    }

    /**
     * Takes all of `bytes`.
     *
     * @throws dev.berth.registry.content.ContentException when the disk refuses; the upload stays
     */
    public final void write(ByteBuffer bytes) {
        upload.write(bytes);
    }

    /** What was written so far, to be read by others meanwhile, and afterwards; to be closed. Empty while there is little. */
    public final Optional<ByteSource> reader() {
        return upload.reader();
    }

    /** How much of it such a reader finds by now. */
    public final long readableBytes() {
        return upload.readableBytes();
    }

    /** Forgets what was written since this writer was opened; for a chunk that turns out not to be what it announced. */
    public final void rollBack() {
        upload.rollBack();
    }

    /** Turns all that is there into a blob of the repository and closes this writer. */
    public abstract FinishUpload finish(Digest digest);

    /** Keeps what was written and lets go of the upload; after {@link #finish} it does nothing. */
    @Override
    public abstract void close();
}
