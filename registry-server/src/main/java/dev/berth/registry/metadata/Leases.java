package dev.berth.registry.metadata;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Until when a blob is kept that no manifest names yet: a push that has uploaded it, mounted it or been told that it exists
 * will name it soon.
 */
public final class Leases {

    private static final int REMEMBERED = 10_000;

    private record Key(RepositoryName repository, Digest digest) {}

    private final Database database;
    private final Clock clock;
    private final Duration duration;
    private final Cache<Key, Instant> renewed =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    Leases(Database database, Clock clock, Duration duration) {
        this.database = database;
        this.clock = clock;
        this.duration = duration;
    }

    /**
     * Keeps a blob of a repository for another while. One that has more than half of its time left is left alone: a blob
     * that everyone asks for costs no write per question.
     *
     * @return false when the repository has no such blob
     */
    public boolean renew(RepositoryName repository, Digest digest) {
        Key key = new Key(repository, digest);
        Instant now = clock.instant();
        Instant last = renewed.getIfPresent(key);
        if (last != null && now.isBefore(last.plus(duration.dividedBy(2)))) {
            return database.read(
                    handle -> Blobs.size(handle, repository, digest).isPresent());
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
