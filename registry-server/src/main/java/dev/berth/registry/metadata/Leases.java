package dev.berth.registry.metadata;

import dev.berth.registry.coordination.CacheKey.BlobKey;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.database.Database;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Until when a blob is kept that no manifest names yet: a push that has uploaded it, mounted it or been told that it exists
 * will name it soon.
 */
public final class Leases {

    private static final int REMEMBERED = 10_000;

    private final Database database;
    private final Clock clock;
    private final Duration duration;
    private final Duration half;
    private final RowCache<BlobKey, Instant> renewed;

    Leases(Database database, Coordination coordination, Clock clock, Duration duration) {
        this.database = database;
        this.renewed = RowCache.ofRows(REMEMBERED, coordination);
        this.clock = clock;
        this.duration = duration;
        this.half = Duration.ofMillis(duration.toMillis() / 2);
    }

    /**
     * Keeps a blob of a repository for another while. One that has more than half of its time left is left alone: a blob
     * that everyone asks for costs no write per question, and one that isn't there none at all.
     *
     * @return false when the repository has no such blob
     */
    public boolean renew(RepositoryName repository, Digest digest) {
        BlobKey key = new BlobKey(repository, digest);
        Instant now = clock.instant();
        boolean fresh = renewed.remembered(key)
                .filter(last -> now.isBefore(last.plus(half)))
                .isPresent();
        boolean here =
                database.read(handle -> Blobs.size(handle, repository, digest).isPresent());
        if (fresh || !here) {
            return here;
        }
        boolean exists = database.note(handle -> Blobs.size(handle, repository, digest)
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

    /** Grants a lease as a part of the step that gives a repository its blob. */
    void grant(Handle handle, long repositoryId, Digest digest) {
        grant(handle, repositoryId, digest, clock.instant());
    }

    /** Some that are over at `now`, the oldest first. */
    public List<ExpiredLease> expired(Instant now, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select l.repository_id, r.name, l.digest from leases l
                        join repositories r on r.id = l.repository_id
                        where l.expires_at <= :now order by l.expires_at limit :limit""")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map(Leases::lease)
                .list());
    }

    /** Takes away a lease, unless it was renewed: then says false. */
    static boolean end(Handle handle, ExpiredLease lease, Instant now) {
        return handle.createUpdate("""
                                delete from leases
                                where digest = :digest and repository_id = :repository and expires_at <= :now""")
                        .bind("digest", lease.digest().toString())
                        .bind("repository", lease.repositoryId())
                        .bind("now", now.toEpochMilli())
                        .execute()
                > 0;
    }

    /** Lets collection ask again whether a repository needs a blob that was deleted from it. */
    static void cutShort(Handle handle, long repositoryId, Digest digest) {
        handle.createUpdate("""
                        insert into leases (repository_id, digest, expires_at) values (:repository, :digest, 0)
                        on conflict (digest, repository_id) do update set expires_at = 0""")
                .bind("repository", repositoryId)
                .bind("digest", digest.toString())
                .execute();
    }

    private static ExpiredLease lease(ResultSet row, StatementContext context) throws SQLException {
        return new ExpiredLease(
                row.getLong("repository_id"),
                new RepositoryName(row.getString("name")),
                Digest.parse(row.getString("digest")));
    }

    private void grant(Handle handle, long repositoryId, Digest digest, Instant now) {
        handle.createUpdate("""
                        insert into leases (repository_id, digest, expires_at)
                        values (:repository, :digest, :expires)
                        on conflict (digest, repository_id)
                        do update set expires_at = excluded.expires_at""")
                .bind("repository", repositoryId)
                .bind("digest", digest.toString())
                .bind("expires", now.plus(duration).toEpochMilli())
                .execute();
    }
}
