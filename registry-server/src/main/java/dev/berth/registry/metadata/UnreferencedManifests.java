package dev.berth.registry.metadata;

import dev.berth.registry.database.Database;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Manifests that no tag names, no index lists and no living subject has as its referrer, and since when. Triggers put down
 * what may have become so; looking at them tells those that something keeps, and dates the others.
 */
public final class UnreferencedManifests {

    /** What keeps a row `l` of loose_manifests, or leaves nothing to keep. */
    static final String IS_KEPT = """
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

    UnreferencedManifests(Database database) {
        this.database = database;
    }

    /** Some that nobody has looked at since they may have become loose. */
    public List<UnreferencedManifest> unseen(int limit) {
        return database.read(handle -> list(handle.createQuery(SOME + " where l.since is null limit :limit"), limit));
    }

    /** Some that were loose at `time`, the longest ones first, and that may be kept by something again. */
    public List<UnreferencedManifest> since(Instant time, int limit) {
        return database.read(handle -> list(
                handle.createQuery(SOME + " where l.since <= :time order by l.since limit :limit")
                        .bind("time", time.toEpochMilli()),
                limit));
    }

    /** Forgets those that something keeps, and dates the others. */
    public void look(List<UnreferencedManifest> manifests, Instant now) {
        database.note(handle -> {
            for (UnreferencedManifest manifest : manifests) {
                if (!forgetIfKept(handle, manifest)) {
                    date(handle, manifest, now);
                }
            }
            return true;
        });
    }

    /** Notes a manifest that was stored without a tag: its push may go on, by an index that lists it or a subject. */
    static void add(Handle handle, long repositoryId, Digest digest) {
        handle.createUpdate("""
                        insert into loose_manifests (repository_id, digest) values (:repository, :digest)
                        on conflict do update set since = null""")
                .bind("repository", repositoryId)
                .bind("digest", digest.toString())
                .execute();
    }

    static boolean forgetIfKept(Handle handle, UnreferencedManifest manifest) {
        return handle.createUpdate("delete from loose_manifests as l"
                                + " where l.repository_id = :repository and l.digest = :digest and " + IS_KEPT)
                        .bind("repository", manifest.repositoryId())
                        .bind("digest", manifest.digest().toString())
                        .execute()
                > 0;
    }

    private static void date(Handle handle, UnreferencedManifest manifest, Instant now) {
        handle.createUpdate("""
                        update loose_manifests set since = :now
                        where repository_id = :repository and digest = :digest and since is null""")
                .bind("now", now.toEpochMilli())
                .bind("repository", manifest.repositoryId())
                .bind("digest", manifest.digest().toString())
                .execute();
    }

    private static List<UnreferencedManifest> list(Query query, int limit) {
        return query.bind("limit", limit).map(UnreferencedManifests::manifest).list();
    }

    private static UnreferencedManifest manifest(ResultSet row, StatementContext context) throws SQLException {
        return new UnreferencedManifest(
                row.getLong("repository_id"),
                new RepositoryName(row.getString("name")),
                Digest.parse(row.getString("digest")));
    }
}
