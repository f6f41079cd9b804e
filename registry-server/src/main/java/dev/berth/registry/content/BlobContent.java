package dev.berth.registry.content;

import java.nio.file.Path;

/** Where the bytes of a stored blob can be read. They never change under a digest. */
public sealed interface BlobContent {

    long sizeBytes();

    /** A plain file of this machine, to be opened or handed to sendfile as it is. */
    record LocalFile(Path path, long sizeBytes) implements BlobContent {}

    /** Small ones are here at once; who reads the bytes leaves them as they are. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Bytes(byte[] bytes) implements BlobContent {
        @Override
        public long sizeBytes() {
            return bytes.length;
        }
    }
}
