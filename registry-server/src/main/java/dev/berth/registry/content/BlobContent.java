package dev.berth.registry.content;

import java.nio.file.Path;

/** Where the bytes of a stored blob can be read. They never change under a digest. */
public sealed interface BlobContent {

    long sizeBytes();

    /** A plain file of this machine, to be opened or handed to sendfile as it is. */
    record LocalFile(Path path, long sizeBytes) implements BlobContent {}
}
