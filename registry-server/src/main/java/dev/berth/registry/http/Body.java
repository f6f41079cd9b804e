package dev.berth.registry.http;

import java.nio.file.Path;

/** The body of an answer. */
public sealed interface Body {
    record Empty() implements Body {}

    /** Content whose type and length are announced but which is not sent: the answer to HEAD. */
    record Announced(String contentType, long lengthBytes) implements Body {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared, and owned by the one answer that it is sent with.
    record Bytes(String contentType, byte[] bytes) implements Body {}

    /** Bytes that this server still receives from elsewhere, sent on as they come. */
    record Arriving(ArrivingBytes bytes, String contentType, ByteRange range) implements Body {}

    /** Part of a file. The kernel copies it from the disk to the socket, where it can. */
    record FileRange(Path file, String contentType, ByteRange range) implements Body {}
}
