package dev.berth.registry.content;

import dev.berth.registry.reference.Digest;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** What a scrub asks of a store beyond what serving does. Slow: it reads everything, and walks everything. */
public interface BlobAudit {

    /**
     * Reads a blob's bytes through.
     *
     * @param read hears how many bytes were read, piece by piece; it may take its time
     * @return the digest that they have; empty when none are here
     */
    Optional<Digest> rehash(Digest digest, LongConsumer read);

    /** Names everything that is stored as a blob. */
    void walk(Consumer<StoredFile> consumer);

    /** Takes the bytes of a blob out of the store without losing them: they lie in `lost+found` from then on. */
    void setAside(Digest digest);

    /** Takes a file out of the store without losing it: it lies in `lost+found` from then on. */
    void setAside(StoredFile file);

    /**
     * Something stored among the blobs.
     *
     * @param name   below the folder of blobs, such as `sha256/ab/ab12…`
     * @param digest what it says it is; empty when its name is that of no blob
     */
    record StoredFile(String name, Optional<Digest> digest) {}
}
