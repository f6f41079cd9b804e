package dev.berth.registry.metadata.blob;

import dev.berth.registry.coordination.NewUploads;
import dev.berth.registry.coordination.UploadSession;
import dev.berth.registry.database.Database;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.UploadId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Uploads that span several requests. An upload has a row from its first bytes on, and is one of {@link NewUploads} before. Rows are
 * {@link Database#note noted}, so a power cut may undo some of an upload, which the client then sends again.
 */
public final class Uploads {
    private final Database database;
    private final Clock clock;
    private final NewUploads fresh;

    public Uploads(Database database, NewUploads fresh, Clock clock) {
        this.database = database;
        this.fresh = fresh;
        this.clock = clock;
    }

    /** Starts an upload. Returns empty if `owner` already has `limit` uploads. */
    public Optional<UploadSession> start(
            UploadId id, RepositoryName repository, String owner, Algorithm algorithm, long limit) {
        // Milliseconds, as they will be read back from the database.
        var now = Instant.ofEpochMilli(clock.millis());
        var session = new UploadSession(id, repository, owner, algorithm, 0, now, now);
        return fresh.add(session, limit - countRows(owner)) ? Optional.of(session) : Optional.empty();
    }

    private long countRows(String owner) {
        return database.read(handle -> handle.createQuery("select count(*) from uploads where owner = :owner")
                .bind("owner", owner)
                .mapTo(Long.class)
                .one());
    }

    /** An upload of this repository; empty also if another repository has an upload of that id. */
    public Optional<UploadSession> find(RepositoryName repository, UploadId id) {
        return find(id).filter(session -> session.repository().equals(repository));
    }

    /** An upload of whichever repository. */
    public Optional<UploadSession> find(UploadId id) {
        return fresh.find(id)
                .or(() -> database.read(handle -> handle.createQuery("select * from uploads where id = :id")
                        .bind("id", id)
                        .map(Uploads::session)
                        .findOne()));
    }

    /** All uploads that have bytes. */
    public List<UploadSession> all() {
        return database.read(handle -> handle.createQuery("select * from uploads")
                .map(Uploads::session)
                .list());
    }

    /** Uploads without bytes that were started at `time` or earlier. */
    public List<UploadSession> freshUntil(Instant time) {
        return fresh.startedUntil(time);
    }

    /** Uploads with bytes that have not changed since `time`, the oldest first. */
    public List<UploadSession> untouchedSince(Instant time, Optional<UploadSession> after, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select * from uploads
                        where updated_at <= :time and (updated_at, id) > (:afterTime, :afterId)
                        order by updated_at, id limit :limit""")
                .bind("time", time)
                .bind(
                        "afterTime",
                        after.map(upload -> upload.updated().toEpochMilli()).orElse(Long.MIN_VALUE))
                .bind("afterId", after.map(upload -> upload.id().value()).orElse(""))
                .bind("limit", limit)
                .map(Uploads::session)
                .list());
    }

    /** How many uploads have not changed since `time`, with or without bytes. */
    public long countUntouchedSince(Instant time) {
        return fresh.startedUntil(time).size()
                + database.read(handle -> handle.createQuery("select count(*) from uploads where updated_at <= :time")
                        .bind("time", time)
                        .mapTo(Long.class)
                        .one());
    }

    /** The bytes of all uploads. */
    public long bytes() {
        return database.read(handle -> handle.createQuery("select coalesce(sum(offset_bytes), 0) from uploads")
                .mapTo(Long.class)
                .one());
    }

    /** Stores the offset of an upload. Its first bytes insert its row. */
    public void advance(UploadId id, long offsetBytes) {
        long now = clock.millis();
        var first = fresh.find(id);
        database.note(handle -> first.map(session -> insert(handle, session, offsetBytes, now))
                .orElseGet(() -> update(handle, id, offsetBytes, now)));
        fresh.remove(id);
    }

    private static int insert(Handle handle, UploadSession session, long offsetBytes, long now) {
        return handle.createUpdate("""
                        insert into uploads (id, repository, owner, algorithm, offset_bytes, started_at, updated_at)
                        values (:id, :repository, :owner, :algorithm, :offset, :started, :now)""")
                .bind("id", session.id())
                .bind("repository", session.repository())
                .bind("owner", session.owner())
                .bind("algorithm", session.algorithm())
                .bind("offset", offsetBytes)
                .bind("started", session.started())
                .bind("now", now)
                .execute();
    }

    private static int update(Handle handle, UploadId id, long offsetBytes, long now) {
        return handle.createUpdate("update uploads set offset_bytes = :offset, updated_at = :now where id = :id")
                .bind("id", id)
                .bind("offset", offsetBytes)
                .bind("now", now)
                .execute();
    }

    /** Deletes an upload, if it exists. */
    public void remove(UploadId id) {
        if (hasRow(id)) {
            database.note(handle -> removeRow(handle, id));
        }
        fresh.remove(id);
    }

    /** Whether an upload may have a row, which must be deleted in the transaction that ends the upload. */
    boolean hasRow(UploadId id) {
        return fresh.find(id).isEmpty();
    }

    /** Removes an upload without a row, after the transaction that ended it. */
    void forget(UploadId id) {
        fresh.remove(id);
    }

    public int countFresh() {
        return fresh.count();
    }

    static boolean removeRow(Handle handle, UploadId id) {
        return handle.createUpdate("delete from uploads where id = :id")
                        .bind("id", id)
                        .execute()
                > 0;
    }

    private static UploadSession session(ResultSet row, StatementContext context) throws SQLException {
        return new UploadSession(
                new UploadId(row.getString("id")),
                new RepositoryName(row.getString("repository")),
                row.getString("owner"),
                Algorithm.named(row.getString("algorithm")).orElseThrow(),
                row.getLong("offset_bytes"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }
}
