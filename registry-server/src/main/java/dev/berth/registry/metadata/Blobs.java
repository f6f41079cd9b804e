package dev.berth.registry.metadata;

import dev.berth.registry.coordination.CacheKey.BlobKey;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.database.Database;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.UploadId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Which blobs there are and which repository has which. */
public final class Blobs {

    private static final long CACHE_BYTES = 16L * 1024 * 1024;

    private final Database database;
    private final Leases leases;
    private final Uploads uploads;
    private final Coordination coordination;
    private final RowCache<BlobKey, StoredBlob> cache;

    Blobs(Database database, Coordination coordination, Leases leases, Uploads uploads) {
        this.database = database;
        this.coordination = coordination;
        this.cache = RowCache.ofBytes(CACHE_BYTES, Blobs::cachedBytes, coordination);
        this.leases = leases;
        this.uploads = uploads;
    }

    /** A repository's blob; empty when that repository has none, whatever others have. */
    public Optional<StoredBlob> find(RepositoryName repository, Digest digest) {
        return cache.get(new BlobKey(repository, digest), () -> read(repository, digest));
    }

    /** The same without waiting, for who must not block; empty says nothing about whether it exists. */
    public Optional<StoredBlob> remembered(RepositoryName repository, Digest digest) {
        return cache.remembered(new BlobKey(repository, digest));
    }

    /** The size of a repository's blob; empty when that repository has none, whatever others have. */
    public Optional<Long> size(RepositoryName repository, Digest digest) {
        return find(repository, digest).map(StoredBlob::sizeBytes);
    }

    /** Whether any repository was ever given that blob, and collection has not taken it. */
    public boolean isKnown(Digest digest) {
        return database.read(handle -> handle.createQuery("select 1 from blobs where digest = :digest")
                .bind("digest", digest.toString())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /** The bytes of a small blob, whoever has it; empty when it is a file, and when nobody has it. */
    public Optional<byte[]> bytes(Digest digest) {
        return database.read(handle -> handle.createQuery("select bytes from small_blobs where digest = :digest")
                .bind("digest", digest.toString())
                .mapTo(byte[].class)
                .findOne());
    }

    /** Some repositories that have a blob: at most so many, in no order that anybody may rely on. */
    public List<RepositoryName> holders(Digest digest, int most) {
        return database.read(handle -> holders(handle, digest, most));
    }

    private static List<RepositoryName> holders(Handle handle, Digest digest, int most) {
        return handle.createQuery("""
                        select r.name from repository_blobs rb join repositories r on r.id = rb.repository_id
                        where rb.digest = :digest limit :most""")
                .bind("digest", digest.toString())
                .bind("most", most)
                .map((row, context) -> new RepositoryName(row.getString("name")))
                .list();
    }

    /** Gives a repository a blob whose bytes are durable; the upload that brought them is over. */
    public void store(RepositoryName repository, Digest digest, long sizeBytes, UploadId upload) {
        store(repository, new StoredBlob(digest, sizeBytes, Optional.empty()), upload);
    }

    /** The same for a small blob, whose bytes become durable in the same step. */
    public void store(RepositoryName repository, Digest digest, byte[] bytes, UploadId upload) {
        store(repository, new StoredBlob(digest, bytes.length, Optional.of(bytes)), upload);
    }

    private void store(RepositoryName repository, StoredBlob blob, UploadId upload) {
        boolean hasRow = uploads.hasRow(upload);
        try {
            database.commit(handle -> {
                insert(handle, blob);
                link(handle, repository, blob.digest());
                return hasRow && Uploads.removeRow(handle, upload);
            });
        } finally {
            // A blob whose file was lost may have come back as a row.
            invalidate(repository, blob.digest());
        }
        uploads.forget(upload);
    }

    private static void insert(Handle handle, StoredBlob blob) {
        handle.createUpdate("""
                        insert into blobs (digest, size_bytes) values (:digest, :size)
                        on conflict (digest) do nothing""")
                .bind("digest", blob.digest().toString())
                .bind("size", blob.sizeBytes())
                .execute();
        blob.bytes()
                .ifPresent(bytes -> handle.createUpdate("""
                        insert into small_blobs (digest, bytes) values (:digest, :bytes)
                        on conflict (digest) do nothing""")
                        .bind("digest", blob.digest().toString())
                        .bind("bytes", bytes)
                        .execute());
    }

    /** Gives repositories blobs whose bytes are durable, or become so with it, all in one step. */
    public void adopt(List<AdoptedBlob> adopted) {
        try {
            database.commit(handle -> {
                for (AdoptedBlob its : adopted) {
                    insert(handle, its.blob());
                    link(handle, its.repository(), its.blob().digest());
                }
                return true;
            });
        } finally {
            coordination.invalidate(adopted.stream()
                    .map(its -> new BlobKey(its.repository(), its.blob().digest()))
                    .toList());
        }
    }

    /**
     * Gives a repository the blob of another.
     *
     * @return false when `source` does not have it
     */
    public boolean mount(RepositoryName target, Digest digest, RepositoryName source) {
        return database.commit(handle -> {
            boolean exists = size(handle, source, digest).isPresent();
            if (exists) {
                link(handle, target, digest);
            }
            return exists;
        });
    }

    /**
     * Takes a blob out of a repository; others keep it.
     *
     * @return false when the repository does not have it
     */
    public boolean unlink(RepositoryName repository, Digest digest) {
        try {
            return deleteLink(repository, digest);
        } finally {
            invalidate(repository, digest);
        }
    }

    private boolean deleteLink(RepositoryName repository, Digest digest) {
        return database.commit(handle -> {
            Optional<Long> repositoryId = handle.createQuery("""
                            delete from repository_blobs
                            where repository_id = (select id from repositories where name = :repository)
                              and digest = :digest
                            returning repository_id""")
                    .bind("repository", repository.value())
                    .bind("digest", digest.toString())
                    .mapTo(Long.class)
                    .findOne();
            repositoryId.ifPresent(id -> Leases.cutShort(handle, id, digest));
            MirroredRows.recheck(handle, repository);
            return repositoryId.isPresent();
        });
    }

    /**
     * A step of collection: ends these leases, and takes away what nothing needs by then; in one transaction, so that whoever
     * asks for a blob, mounts it or names it does so before, and keeps it, or after, and finds it gone. A power cut may take it
     * back until {@link PendingDeletions#harden}: an fsync for each step would make collection wait, and pushes with it.
     */
    public Released release(List<ExpiredLease> over, Instant now) {
        try {
            return database.note(handle -> new ReleaseBlobs(handle, now).release(over));
        } finally {
            coordination.invalidate(over.stream()
                    .map(lease -> new BlobKey(lease.repository(), lease.digest()))
                    .toList());
        }
    }

    private Optional<StoredBlob> read(RepositoryName repository, Digest digest) {
        return database.read(handle -> handle.createQuery("""
                        select b.digest, b.size_bytes, s.bytes from repositories r
                        join repository_blobs rb on rb.repository_id = r.id
                        join blobs b on b.digest = rb.digest
                        left join small_blobs s on s.digest = rb.digest
                        where r.name = :repository and rb.digest = :digest""")
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .map(Blobs::blob)
                .findOne());
    }

    private static StoredBlob blob(ResultSet row, StatementContext context) throws SQLException {
        return new StoredBlob(
                Digest.parse(row.getString("digest")),
                row.getLong("size_bytes"),
                Optional.ofNullable(row.getBytes("bytes")));
    }

    /** Blobs in order of their digests, whoever has them; for a scrub. */
    public List<StoredBlob> all(Optional<Digest> after, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select b.digest, b.size_bytes, s.bytes from blobs b left join small_blobs s on s.digest = b.digest
                        where b.digest > :after order by b.digest limit :limit""")
                .bind("after", after.map(Digest::toString).orElse(""))
                .bind("limit", limit)
                .map(Blobs::blob)
                .list());
    }

    /** Takes a blob away from everybody: its bytes turned out not to be there, or not to be its bytes. */
    public void drop(Digest digest) {
        List<RepositoryName> holders = database.commit(handle -> {
            List<RepositoryName> had = holders(handle, digest, Integer.MAX_VALUE);
            had.forEach(repository -> MirroredRows.recheck(handle, repository));
            handle.createUpdate("delete from repository_blobs where digest = :digest")
                    .bind("digest", digest.toString())
                    .execute();
            handle.createUpdate("delete from blobs where digest = :digest")
                    .bind("digest", digest.toString())
                    .execute();
            return had;
        });
        coordination.invalidate(holders.stream()
                .map(repository -> new BlobKey(repository, digest))
                .toList());
    }

    private void invalidate(RepositoryName repository, Digest digest) {
        coordination.invalidate(List.of(new BlobKey(repository, digest)));
    }

    private static int cachedBytes(StoredBlob blob) {
        return blob.bytes().map(bytes -> bytes.length).orElse(0);
    }

    static Optional<Long> size(Handle handle, RepositoryName repository, Digest digest) {
        return handle.createQuery("""
                        select b.size_bytes from repositories r
                        join repository_blobs rb on rb.repository_id = r.id
                        join blobs b on b.digest = rb.digest
                        where r.name = :repository and rb.digest = :digest""")
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .mapTo(Long.class)
                .findOne();
    }

    private void link(Handle handle, RepositoryName repository, Digest digest) {
        long repositoryId = Repositories.claim(handle, repository);
        handle.createUpdate("""
                        insert into repository_blobs (repository_id, digest) values (:repository, :digest)
                        on conflict (repository_id, digest) do nothing""")
                .bind("repository", repositoryId)
                .bind("digest", digest.toString())
                .execute();
        leases.grant(handle, repositoryId, digest);
    }
}
