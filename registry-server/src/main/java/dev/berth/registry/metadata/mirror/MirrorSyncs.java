package dev.berth.registry.metadata.mirror;

import dev.berth.registry.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The last syncs of scheduled mirrors. They are not made durable at once: after a power cut, a mirror syncs once more. */
public final class MirrorSyncs {
    private final Database database;

    public MirrorSyncs(Database database) {
        this.database = database;
    }

    /** The last sync of a mirror; empty if there was none. */
    public Optional<MirrorSync> find(String mirror) {
        return database.read(handle -> handle.createQuery("""
                        select started_at, ended_at, succeeded_at, request, selection from mirror_syncs
                        where mirror = :mirror""")
                .bind("mirror", mirror)
                .map(MirrorSyncs::sync)
                .findOne());
    }

    public void put(String mirror, MirrorSync sync) {
        database.note(handle -> handle.createUpdate("""
                        insert into mirror_syncs (mirror, started_at, ended_at, succeeded_at, request, selection)
                        values (:mirror, :started, :ended, :succeeded, :request, :selection)
                        on conflict (mirror) do update
                        set started_at = excluded.started_at, ended_at = excluded.ended_at,
                            succeeded_at = excluded.succeeded_at, request = excluded.request,
                            selection = excluded.selection""")
                .bind("mirror", mirror)
                .bind("started", sync.started())
                .bind("ended", sync.ended())
                .bind("succeeded", sync.succeeded())
                .bind("request", sync.request())
                .bind("selection", sync.selection())
                .execute());
    }

    private static MirrorSync sync(ResultSet row, StatementContext context) throws SQLException {
        return new MirrorSync(
                Instant.ofEpochMilli(row.getLong("started_at")),
                time(row, "ended_at"),
                time(row, "succeeded_at"),
                row.getString("request"),
                row.getString("selection"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long milliseconds = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(milliseconds));
    }
}
