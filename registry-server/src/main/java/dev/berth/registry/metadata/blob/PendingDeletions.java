package dev.berth.registry.metadata.blob;

import dev.berth.registry.database.Database;
import dev.berth.registry.reference.Digest;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Blobs that were deleted from the metadata and whose bytes may still be stored. After a crash between the two, the bytes are found here,
 * without listing all files.
 */
public final class PendingDeletions {
    private final Database database;

    public PendingDeletions(Database database) {
        this.database = database;
    }

    public List<Digest> some(int limit) {
        return database.read(handle -> handle.createQuery("select digest from removals limit :limit")
                .bind("limit", limit)
                .mapTo(Digest.class)
                .list());
    }

    /** Notes blobs before their bytes are stored, so that bytes that a crash leaves without a row are deleted. */
    public void expect(Map<Digest, Long> sizes) {
        database.commit(handle -> {
            sizes.forEach((digest, size) -> add(handle, digest, size));
            return true;
        });
    }

    /** Makes all notes so far durable, after which bytes may be deleted. A commit makes earlier changes durable, even if it changes nothing itself. */
    public void harden() {
        database.commit(handle -> handle.execute("""
                update removals set size_bytes = size_bytes
                where digest = (select digest from removals limit 1)"""));
    }

    /** Whether the bytes of a blob are to be deleted. */
    public boolean has(Digest digest) {
        return database.read(handle -> handle.createQuery("select 1 from removals where digest = :digest")
                .bind("digest", digest)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /** Deletes notes: the bytes are durably deleted, or the blobs are stored again. */
    public void forget(List<Digest> digests) {
        if (digests.isEmpty()) {
            return;
        }
        database.note(handle -> {
            var batch = handle.prepareBatch("delete from removals where digest = :digest");
            digests.forEach(digest -> batch.bind("digest", digest).add());
            return batch.execute();
        });
    }

    static void add(Handle handle, Digest digest, long sizeBytes) {
        handle.createUpdate("""
                        insert into removals (digest, size_bytes) values (:digest, :size)
                        on conflict (digest) do nothing""").bind("digest", digest).bind("size", sizeBytes).execute();
    }
}
