package dev.berth.registry.content;

import dev.berth.registry.reference.Digest;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Checks a blob store. Slow: the methods read whole blobs and list all files. */
public interface BlobAudit {
    /**
     * Reads all bytes of a blob.
     *
     * @param read is called with the size of each piece that was read, and may block to slow the reading down
     * @return the digest of the bytes; empty if none are stored
     */
    Optional<Digest> rehash(Digest digest, LongConsumer read);

    /** Lists every file in the folder of blobs. */
    void walk(Consumer<StoredFile> consumer);

    /** Moves the bytes of a blob to `lost+found`. */
    void setAside(Digest digest);

    /** Moves a file to `lost+found`. */
    void setAside(StoredFile file);

    /**
     * A file in the folder of blobs.
     *
     * @param name   its path below that folder, such as `sha256/ab/ab12…`
     * @param digest the digest in its name; empty if the name is not that of a blob
     */
    record StoredFile(String name, Optional<Digest> digest) {}
}
