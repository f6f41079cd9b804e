package dev.berth.registry.metadata.blob;

import dev.berth.registry.coordination.CacheKey.BlobKey;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.database.Database;
import dev.berth.registry.metadata.repository.MirroredRows;
import dev.berth.registry.metadata.repository.Repositories;
import dev.berth.registry.metadata.repository.RepositoryDigest;
import dev.berth.registry.metadata.repository.RowCache;
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

/** The blobs of all repositories. */
public final class Blobs {
    private static final long CACHE_BYTES = 16L * 1024 * 1024;

    private final Database database;
    private final Leases leases;
    private final Uploads uploads;
    private final Coordination coordination;
    private final RowCache<BlobKey, StoredBlob> cache;

    public Blobs(Database database, Coordination coordination, Leases leases, Uploads uploads) {
        this.database = database;
        this.coordination = coordination;
        this.cache = RowCache.ofBytes(CACHE_BYTES, Blobs::cachedBytes, coordination);
        this.leases = leases;
        this.uploads = uploads;
    }

    /** A blob of this repository; empty also if only other repositories have it. */
    public Optional<StoredBlob> find(RepositoryName repository, Digest digest) {
        return cache.get(new BlobKey(repository, digest), () -> read(repository, digest));
    }

    /** A blob of this repository if it is in memory, for callers that must not block. Empty does not mean that it does not exist. */
    public Optional<StoredBlob> remembered(RepositoryName repository, Digest digest) {
        return cache.remembered(new BlobKey(repository, digest));
    }

    /** The size of a blob of this repository; empty also if only other repositories have it. */
    public Optional<Long> size(RepositoryName repository, Digest digest) {
        return find(repository, digest).map(StoredBlob::sizeBytes);
    }

    /** Whether the blob is stored for any repository, or waits for collection. */
    public boolean isKnown(Digest digest) {
        return database.read(handle -> handle.createQuery("select 1 from blobs where digest = :digest")
                .bind("digest", digest)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /** The bytes of a small blob of any repository. Empty if the blob is a file, or is not stored. */
    public Optional<byte[]> bytes(Digest digest) {
        return database.read(handle -> handle.createQuery("select bytes from small_blobs where digest = :digest")
                .bind("digest", digest)
                .mapTo(byte[].class)
                .findOne());
    }

    /** At most `most` repositories that have a blob, in any order. */
    public List<RepositoryName> holders(Digest digest, int most) {
        return database.read(handle -> holders(handle, digest, most));
    }

    private static List<RepositoryName> holders(Handle handle, Digest digest, int most) {
        return handle.createQuery("""
                        select r.name from repository_blobs rb join repositories r on r.id = rb.repository_id
                        where rb.digest = :digest limit :most""")
                .bind("digest", digest)
                .bind("most", most)
                .map((row, context) -> new RepositoryName(row.getString("name")))
                .list();
    }

    /** Adds a blob to a repository, and ends the upload that brought it. The bytes must be durable already. */
    public void store(RepositoryName repository, Digest digest, long sizeBytes, UploadId upload) {
        store(repository, new StoredBlob(digest, sizeBytes, Optional.empty()), upload);
    }

    /** Adds a small blob with its bytes to a repository, and ends the upload that brought it. */
    public void store(RepositoryName repository, Digest digest, byte[] bytes, UploadId upload) {
        store(repository, new StoredBlob(digest, bytes.length, Optional.of(bytes)), upload);
    }

    private void store(RepositoryName repository, StoredBlob blob, UploadId upload) {
        var hasRow = uploads.hasRow(upload);
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
                .bind("digest", blob.digest())
                .bind("size", blob.sizeBytes())
                .execute();
        blob.bytes()
                .ifPresent(bytes -> handle.createUpdate("""
                        insert into small_blobs (digest, bytes) values (:digest, :bytes)
                        on conflict (digest) do nothing""")
                        .bind("digest", blob.digest())
                        .bind("bytes", bytes)
                        .execute());
    }

    /** Adds blobs to repositories in one transaction. Bytes that are not part of it must be durable already. */
    public void adopt(List<AdoptedBlob> adopted) {
        try {
            database.commit(handle -> {
                for (var its : adopted) {
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
     * Adds a blob of one repository to another.
     *
     * @return false if `source` does not have it
     */
    public boolean mount(RepositoryName target, Digest digest, RepositoryName source) {
        return database.commit(handle -> {
            var exists = size(handle, source, digest).isPresent();
            if (exists) {
                link(handle, target, digest);
            }
            return exists;
        });
    }

    /**
     * Removes a blob from a repository. Other repositories keep it.
     *
     * @return false if the repository does not have it
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
            var repositoryId = handle.createQuery("""
                            delete from repository_blobs
                            where repository_id = (select id from repositories where name = :repository)
                              and digest = :digest
                            returning repository_id""")
                    .bind("repository", repository)
                    .bind("digest", digest)
                    .mapTo(Long.class)
                    .findOne();
            repositoryId.ifPresent(id -> Leases.cutShort(handle, id, digest));
            MirroredRows.recheck(handle, repository);
            return repositoryId.isPresent();
        });
    }

    /**
     * A step of collection: ends leases that have run out, and deletes the blobs that nothing needs any more. This is one transaction, so
     * a request that asks for a blob, mounts it or names it comes before, and the blob stays, or after, and finds no blob. A power cut may
     * undo the step until {@link PendingDeletions#harden}; an fsync for each step would delay collection and pushes.
     */
    public Released release(List<RepositoryDigest> over, Instant now) {
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
                .bind("repository", repository)
                .bind("digest", digest)
                .map(Blobs::blob)
                .findOne());
    }

    private static StoredBlob blob(ResultSet row, StatementContext context) throws SQLException {
        return new StoredBlob(
                Digest.parse(row.getString("digest")),
                row.getLong("size_bytes"),
                Optional.ofNullable(row.getBytes("bytes")));
    }

    /** The blobs of all repositories in order of their digests; for a check. */
    public List<StoredBlob> all(Optional<Digest> after, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select b.digest, b.size_bytes, s.bytes from blobs b left join small_blobs s on s.digest = b.digest
                        where b.digest > :after order by b.digest limit :limit""")
                .bind("after", after.map(Digest::toString).orElse(""))
                .bind("limit", limit)
                .map(Blobs::blob)
                .list());
    }

    /** Removes a blob from all repositories, because its bytes are missing or damaged. */
    public void drop(Digest digest) {
        var holders = database.commit(handle -> {
            var had = holders(handle, digest, Integer.MAX_VALUE);
            had.forEach(repository -> MirroredRows.recheck(handle, repository));
            handle.createUpdate("delete from repository_blobs where digest = :digest")
                    .bind("digest", digest)
                    .execute();
            handle.createUpdate("delete from blobs where digest = :digest")
                    .bind("digest", digest)
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
                .bind("repository", repository)
                .bind("digest", digest)
                .mapTo(Long.class)
                .findOne();
    }

    private void link(Handle handle, RepositoryName repository, Digest digest) {
        long repositoryId = Repositories.claim(handle, repository);
        handle.createUpdate("""
                        insert into repository_blobs (repository_id, digest) values (:repository, :digest)
                        on conflict (repository_id, digest) do nothing""")
                .bind("repository", repositoryId)
                .bind("digest", digest)
                .execute();
        leases.grant(handle, repositoryId, digest);
    }
}
