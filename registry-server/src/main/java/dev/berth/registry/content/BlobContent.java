package dev.berth.registry.content;

import java.nio.file.Path;

/** Where the bytes of a stored blob can be read. The bytes of a digest never change. */
public sealed interface BlobContent {
    long sizeBytes();

    /** A file on this machine, which can be opened or passed to sendfile. */
    record LocalFile(Path path, long sizeBytes) implements BlobContent {}

    /** The bytes of a small blob, in memory. Readers must not change them. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Bytes(byte[] bytes) implements BlobContent {
        @Override
        public long sizeBytes() {
            return bytes.length;
        }
    }
}
