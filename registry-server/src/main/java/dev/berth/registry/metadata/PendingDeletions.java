package dev.berth.registry.metadata;

import dev.berth.registry.database.Database;
import dev.berth.registry.reference.Digest;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Blobs that were taken out of the metadata and whose bytes may still be there: what a crash leaves between the two is found here,
 * and never by walking the store.
 */
public final class PendingDeletions {

    private final Database database;

    PendingDeletions(Database database) {
        this.database = database;
    }

    public List<Digest> some(int limit) {
        return database.read(handle -> handle.createQuery("select digest from removals limit :limit")
                .bind("limit", limit)
                .mapTo(String.class)
                .map(Digest::parse)
                .list());
    }

    /** Notes blobs before their bytes come: those that a crash leaves without a row are found here, and go. */
    public void expect(Map<Digest, Long> sizes) {
        database.commit(handle -> {
            sizes.forEach((digest, size) -> add(handle, digest, size));
            return true;
        });
    }

    /** Makes all that was released so far survive a power cut; bytes go only then. A change, though of nothing, takes those before it along. */
    public void harden() {
        database.commit(handle -> handle.execute("""
                update removals set size_bytes = size_bytes
                where digest = (select digest from removals limit 1)"""));
    }

    /** Whether a blob's bytes are about to go. */
    public boolean has(Digest digest) {
        return database.read(handle -> handle.createQuery("select 1 from removals where digest = :digest")
                .bind("digest", digest.toString())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /** Their bytes are gone for good, or wanted again. */
    public void forget(List<Digest> digests) {
        if (digests.isEmpty()) {
            return;
        }
        database.note(handle -> {
            PreparedBatch batch = handle.prepareBatch("delete from removals where digest = :digest");
            digests.forEach(digest -> batch.bind("digest", digest.toString()).add());
            return batch.execute();
        });
    }

    static void add(Handle handle, Digest digest, long sizeBytes) {
        handle.createUpdate("""
                        insert into removals (digest, size_bytes) values (:digest, :size)
                        on conflict (digest) do nothing""")
                .bind("digest", digest.toString())
                .bind("size", sizeBytes)
                .execute();
    }
}
