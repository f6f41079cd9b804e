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
                select l.repository_id, l.digest from loose_manifests l where l.since <= :loose and not %s),
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
        return database.read(handle -> handle.createQuery(FORECAST)
                .bind("now", now)
                .bind("loose", loose.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE))
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
