package dev.berth.registry.metadata.repository;

import dev.berth.registry.database.Database;
import dev.berth.registry.reference.Digest;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Manifests that no tag, index or existing subject needs, and since when. Triggers note manifests that may have become unreferenced;
 * {@link #look} then deletes the notes of those that are needed, and dates the others.
 */
public final class UnreferencedManifests {
    /** Whether the manifest of row `l` of loose_manifests is referenced, or deleted. */
    public static final String IS_KEPT = """
            (exists (select 1 from tags t where t.repository_id = l.repository_id and t.digest = l.digest)
             or exists (select 1 from manifest_children c
                        where c.repository_id = l.repository_id and c.child = l.digest)
             or exists (select 1 from referrers f
                        join manifests s on s.repository_id = f.repository_id and s.digest = f.subject
                        where f.repository_id = l.repository_id and f.digest = l.digest)
             or not exists (select 1 from manifests m
                            where m.repository_id = l.repository_id and m.digest = l.digest))""";

    private static final String SOME = """
            select l.repository_id, r.name, l.digest from loose_manifests l
            join repositories r on r.id = l.repository_id""";

    private final Database database;

    public UnreferencedManifests(Database database) {
        this.database = database;
    }

    /** Manifests that were noted and not looked at yet. */
    public List<RepositoryDigest> unseen(int limit) {
        return database.read(handle -> list(handle.createQuery(SOME + " where l.since is null limit :limit"), limit));
    }

    /** Manifests that were unreferenced at `time` or earlier, the oldest first. Some may be referenced again. */
    public List<RepositoryDigest> since(Instant time, int limit) {
        return database.read(handle -> list(
                handle.createQuery(SOME + " where l.since <= :time order by l.since limit :limit")
                        .bind("time", time),
                limit));
    }

    /** Deletes the notes of manifests that are referenced, and dates the others. */
    public void look(List<RepositoryDigest> manifests, Instant now) {
        database.note(handle -> {
            for (var manifest : manifests) {
                if (!forgetIfKept(handle, manifest)) {
                    date(handle, manifest, now);
                }
            }
            return true;
        });
    }

    /** Notes a manifest that was stored without a tag. An index or a subject may still follow. */
    public static void add(Handle handle, long repositoryId, Digest digest) {
        handle.createUpdate("""
                        insert into loose_manifests (repository_id, digest) values (:repository, :digest)
                        on conflict do update set since = null""")
                .bind("repository", repositoryId)
                .bind("digest", digest)
                .execute();
    }

    public static boolean forgetIfKept(Handle handle, RepositoryDigest manifest) {
        return handle.createUpdate("delete from loose_manifests as l"
                                + " where l.repository_id = :repository and l.digest = :digest and " + IS_KEPT)
                        .bind("repository", manifest.repositoryId())
                        .bind("digest", manifest.digest())
                        .execute()
                > 0;
    }

    private static void date(Handle handle, RepositoryDigest manifest, Instant now) {
        handle.createUpdate("""
                        update loose_manifests set since = :now
                        where repository_id = :repository and digest = :digest and since is null""")
                .bind("now", now)
                .bind("repository", manifest.repositoryId())
                .bind("digest", manifest.digest())
                .execute();
    }

    private static List<RepositoryDigest> list(Query query, int limit) {
        return query.bind("limit", limit).map(RepositoryDigest::of).list();
    }
}
