package dev.berth.registry.metadata.blob;

import dev.berth.registry.coordination.CacheKey.BlobKey;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.database.Database;
import dev.berth.registry.metadata.repository.Repositories;
import dev.berth.registry.metadata.repository.RepositoryDigest;
import dev.berth.registry.metadata.repository.RowCache;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Leases keep blobs that no manifest names yet. A push that has uploaded a blob, mounted it or been told that it exists will name it in a
 * manifest soon.
 */
public final class Leases {
    private static final int REMEMBERED = 10_000;

    private final Database database;
    private final Clock clock;
    private final Duration duration;
    private final Duration half;
    private final RowCache<BlobKey, Instant> renewed;

    public Leases(Database database, Coordination coordination, Clock clock, Duration duration) {
        this.database = database;
        this.renewed = RowCache.ofRows(REMEMBERED, coordination);
        this.clock = clock;
        this.duration = duration;
        this.half = Duration.ofMillis(duration.toMillis() / 2);
    }

    /**
     * Renews the lease of a blob of a repository. A lease with more than half of its time left is not written again, so that a blob that
     * many clients ask for does not cost one write each.
     *
     * @return false if the repository has no such blob
     */
    public boolean renew(RepositoryName repository, Digest digest) {
        var key = new BlobKey(repository, digest);
        var now = clock.instant();
        var fresh = renewed.remembered(key)
                .filter(last -> now.isBefore(last.plus(half)))
                .isPresent();
        var here =
                database.read(handle -> Blobs.size(handle, repository, digest).isPresent());
        if (fresh || !here) {
            return here;
        }
        var exists = database.note(handle -> Blobs.size(handle, repository, digest)
                .map(size -> {
                    grant(handle, Repositories.claim(handle, repository), digest, now);
                    return size;
                })
                .isPresent());
        if (exists) {
            renewed.put(key, now);
        }
        return exists;
    }

    /** Grants a lease in the transaction that adds a blob to a repository. */
    void grant(Handle handle, long repositoryId, Digest digest) {
        grant(handle, repositoryId, digest, clock.instant());
    }

    /** Leases that have run out at `now`, the oldest first. */
    public List<RepositoryDigest> expired(Instant now, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select l.repository_id, r.name, l.digest from leases l
                        join repositories r on r.id = l.repository_id
                        where l.expires_at <= :now order by l.expires_at limit :limit""")
                .bind("now", now)
                .bind("limit", limit)
                .map(RepositoryDigest::of)
                .list());
    }

    /** Deletes a lease. Returns false, and deletes nothing, if it was renewed. */
    static boolean end(Handle handle, RepositoryDigest lease, Instant now) {
        return handle.createUpdate("""
                                delete from leases
                                where digest = :digest and repository_id = :repository and expires_at <= :now""")
                        .bind("digest", lease.digest())
                        .bind("repository", lease.repositoryId())
                        .bind("now", now)
                        .execute()
                > 0;
    }

    /** Ends the lease of a blob that was deleted from a repository, so that collection looks at it. */
    static void cutShort(Handle handle, long repositoryId, Digest digest) {
        handle.createUpdate("""
                        insert into leases (repository_id, digest, expires_at) values (:repository, :digest, 0)
                        on conflict (digest, repository_id) do update set expires_at = 0""")
                .bind("repository", repositoryId)
                .bind("digest", digest)
                .execute();
    }

    private void grant(Handle handle, long repositoryId, Digest digest, Instant now) {
        handle.createUpdate("""
                        insert into leases (repository_id, digest, expires_at)
                        values (:repository, :digest, :expires)
                        on conflict (digest, repository_id)
                        do update set expires_at = excluded.expires_at""")
                .bind("repository", repositoryId)
                .bind("digest", digest)
                .bind("expires", now.plus(duration))
                .execute();
    }
}
