package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobUpload;
import dev.berth.registry.content.ByteSource;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.storage.QuotaShare;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The only writer of an upload. For one thread at a time. The bytes survive a crash of the process, and {@link PushBlob#find} counts them,
 * so a client can resume in the middle of a chunk. Bytes that a power cut loses must be sent again.
 *
 * @see PushBlob
 */
public abstract sealed class UploadWriter implements AutoCloseable permits SessionWriter, WholeWriter {
    final BlobUpload upload;
    final QuotaShare quota;

    /** @param quota counts the bytes of the upload, and is closed in the end */
    UploadWriter(BlobUpload upload, QuotaShare quota) {
        this.upload = upload;
        this.quota = quota;
    }

    /** How many bytes were written. */
    public final long offsetBytes() {
        return upload.offsetBytes();
    }

    /**
     * Says how many bytes will be written, so that an upload that does not fit is refused before they are sent.
     *
     * @throws dev.berth.registry.content.QuotaReached if the registry may not store them; the upload stays
     */
    public final void announce(long bytes) {
        quota.announced(bytes);
    }

    /**
     * Writes all of `bytes`.
     *
     * @throws dev.berth.registry.content.ContentException if the disk is full or fails, or the quota is used up; the upload stays
     */
    public final void write(ByteBuffer bytes) {
        quota.next(bytes.remaining());
        upload.write(bytes);
    }

    /** A reader of what was written so far, for other threads, which must be closed. Empty while little was written. */
    public final Optional<ByteSource> reader() {
        return upload.reader();
    }

    /** How many bytes a reader finds now. */
    public final long readableBytes() {
        return upload.readableBytes();
    }

    /** Deletes what was written since this writer was opened, because the chunk is not what it announced. */
    public final void rollBack() {
        upload.rollBack();
        quota.rollBack();
    }

    /** Makes the upload a blob of the repository, and closes this writer. */
    public abstract FinishUpload finish(Digest digest);

    /** Closes the upload, which others can open then. Does nothing after {@link #finish}. */
    @Override
    public abstract void close();
}
