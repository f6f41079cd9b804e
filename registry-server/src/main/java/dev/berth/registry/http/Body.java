package dev.berth.registry.http;

import dev.berth.registry.upstream.mirror.BlobDownload;
import java.nio.file.Path;

/** What goes into an answer's body. */
sealed interface Body {
    record Empty() implements Body {}

    /** Content that is announced but not sent: what HEAD answers. */
    record Announced(String contentType, long lengthBytes) implements Body {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared, and owned by the one answer that it is sent with.
    record Bytes(String contentType, byte[] bytes) implements Body {}

    /** What is still on its way here from another registry, sent on as it comes. */
    record Arriving(BlobDownload arrival, String contentType, ByteRange range) implements Body {}

    /** Part of a file, handed from disk to socket by the kernel where it can. */
    record FileRange(Path file, String contentType, ByteRange range) implements Body {}
}
