package dev.berth.registry.metadata;

import dev.berth.registry.database.Database;
import dev.berth.registry.metadata.repository.UnreferencedManifests;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Computes what collection would delete, and changes nothing. One query, which looks at leases that have run out and at manifests that may
 * be unreferenced.
 */
public final class Forecasts {
    /** Each step of collection as a set: untagged manifests, then links, then blobs, then repositories. */
    private static final String FORECAST = """
            with
            manifests_going(repository_id, digest) as materialized (
                select l.repository_id, l.digest from loose_manifests l
                where (l.since <= :loose or (l.since is null and :undated)) and not %s),
            asked(repository_id, digest) as materialized (
                select repository_id, digest from leases where expires_at <= :now
                union
                select mb.repository_id, mb.blob from manifests_going g
                join manifest_blobs mb on mb.repository_id = g.repository_id and mb.manifest = g.digest
                where not exists (select 1 from leases l where l.digest = mb.blob
                                  and l.repository_id = mb.repository_id and l.expires_at > :now)
                union
                select repository_id, digest from manifests_going),
            links_going(repository_id, digest) as materialized (
                select a.repository_id, a.digest from asked a
                join repository_blobs rb on rb.repository_id = a.repository_id and rb.digest = a.digest
                where not exists (
                    select 1 from manifest_blobs mb where mb.blob = a.digest and mb.repository_id = a.repository_id
                    and (mb.repository_id, mb.manifest) not in (select repository_id, digest from manifests_going))),
            blobs_going(size_bytes) as materialized (
                select b.size_bytes from blobs b
                where b.digest in (select digest from asked)
                  and not exists (
                    select 1 from repository_blobs rb where rb.digest = b.digest
                    and (rb.repository_id, rb.digest) not in (select repository_id, digest from links_going))
                  and not exists (select 1 from leases l where l.digest = b.digest and l.expires_at > :now)),
            repositories_going(id) as materialized (
                select distinct repository_id from asked a
                where not exists (
                    select 1 from repository_blobs rb where rb.repository_id = a.repository_id
                    and (rb.repository_id, rb.digest) not in (select repository_id, digest from links_going))
                  and not exists (
                    select 1 from manifests m where m.repository_id = a.repository_id
                    and (m.repository_id, m.digest) not in (select repository_id, digest from manifests_going))
                  and not exists (select 1 from leases l
                                  where l.repository_id = a.repository_id and l.expires_at > :now))
            select (select count(*) from manifests_going) as manifests,
                   (select count(*) from links_going) as links,
                   (select count(*) from blobs_going) as blobs,
                   (select coalesce(sum(size_bytes), 0) from blobs_going) as bytes,
                   (select count(*) from repositories_going) as repositories""".formatted(UnreferencedManifests.IS_KEPT);

    private static final String LAST_LEASE = """
            select max(l.expires_at) from leases l
            join repository_blobs rb on rb.repository_id = l.repository_id and rb.digest = l.digest
            where l.expires_at > :now
              and not exists (select 1 from manifest_blobs mb
                              where mb.blob = l.digest and mb.repository_id = l.repository_id)""";

    private static final String LAST_LOOSE =
            "select max(coalesce(l.since, :now)) from loose_manifests l where not " + UnreferencedManifests.IS_KEPT;

    private final Database database;

    Forecasts(Database database) {
        this.database = database;
    }

    /**
     * What a collection would delete at `now`.
     *
     * @param loose manifests that are unreferenced since then or longer are deleted; empty if none are
     */
    public Forecast collection(Instant now, Optional<Instant> loose) {
        return forecast(now.toEpochMilli(), loose.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE), false);
    }

    /**
     * What a collection would delete if all leases had ended.
     *
     * @param untagged whether it deletes all untagged manifests, too
     */
    public Forecast withoutLeases(boolean untagged) {
        return forecast(Long.MAX_VALUE, untagged ? Long.MAX_VALUE : Long.MIN_VALUE, untagged);
    }

    /** When the lease of the last blob ends that no manifest of its repository names; empty if no such lease is under way. */
    public Optional<Instant> lastLease(Instant now) {
        return time(LAST_LEASE, now);
    }

    /** Since when the newest untagged manifest is untagged, which is `now` if no collection has seen it yet; empty if there is none. */
    public Optional<Instant> lastUntagged(Instant now) {
        return time(LAST_LOOSE, now);
    }

    private Optional<Instant> time(String query, Instant now) {
        return database.read(handle -> handle.createQuery(query)
                        .bind("now", now)
                        .mapTo(Long.class)
                        .findOne())
                .map(Instant::ofEpochMilli);
    }

    private Forecast forecast(long now, long loose, boolean undated) {
        return database.read(handle -> handle.createQuery(FORECAST)
                .bind("now", now)
                .bind("loose", loose)
                .bind("undated", undated)
                .map(Forecasts::forecast)
                .one());
    }

    private static Forecast forecast(ResultSet row, StatementContext context) throws SQLException {
        return new Forecast(
                row.getLong("manifests"),
                row.getLong("links"),
                row.getLong("blobs"),
                row.getLong("bytes"),
                row.getLong("repositories"));
    }
}
