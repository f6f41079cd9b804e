package dev.berth.registry.metadata;

import dev.berth.registry.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** How far scheduled mirrors are. Nobody was promised it, so it waits for no disk: a power cut makes one look once more. */
public final class MirrorSyncs {

    private final Database database;

    MirrorSyncs(Database database) {
        this.database = database;
    }

    /** Empty for one that was never begun. */
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
                .bind("started", sync.started().toEpochMilli())
                .bind("ended", sync.ended().map(Instant::toEpochMilli))
                .bind("succeeded", sync.succeeded().map(Instant::toEpochMilli))
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
