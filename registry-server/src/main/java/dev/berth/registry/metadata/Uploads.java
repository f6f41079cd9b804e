package dev.berth.registry.metadata;

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
 * Uploads that go on over many requests. Nothing was promised about them but that they can be resumed, so their rows are
 * {@link Database#note noted}; what a power cut takes back is pushed again.
 */
public final class Uploads {

    private final Database database;
    private final Clock clock;

    Uploads(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Empty when `owner` has `limit` of them already; nothing has changed then. */
    public Optional<UploadSession> start(
            UploadId id, RepositoryName repository, String owner, Algorithm algorithm, long limit) {
        // As exact as it will be read back.
        Instant now = Instant.ofEpochMilli(clock.millis());
        boolean started = database.note(handle -> handle.createUpdate("""
                                insert into uploads (id, repository, owner, algorithm, offset_bytes, started_at, updated_at)
                                select :id, :repository, :owner, :algorithm, 0, :now, :now
                                where (select count(*) from uploads where owner = :owner) < :limit""")
                        .bind("id", id.value())
                        .bind("repository", repository.value())
                        .bind("owner", owner)
                        .bind("algorithm", algorithm.toString())
                        .bind("now", now.toEpochMilli())
                        .bind("limit", limit)
                        .execute()
                > 0);
        return started
                ? Optional.of(new UploadSession(id, repository, owner, algorithm, 0, now, now))
                : Optional.empty();
    }

    /** Empty when the repository has no upload of that id, whatever others have. */
    public Optional<UploadSession> find(RepositoryName repository, UploadId id) {
        return database.read(
                handle -> handle.createQuery("select * from uploads where id = :id and repository = :repository")
                        .bind("id", id.value())
                        .bind("repository", repository.value())
                        .map(Uploads::session)
                        .findOne());
    }

    /** All uploads: as many as are in flight. */
    public List<UploadSession> all() {
        return database.read(handle -> handle.createQuery("select * from uploads")
                .map(Uploads::session)
                .list());
    }

    /** Some that nobody has touched since a time, the longest untouched first. */
    public List<UploadSession> untouchedSince(Instant time, Optional<UploadSession> after, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select * from uploads
                        where updated_at <= :time and (updated_at, id) > (:afterTime, :afterId)
                        order by updated_at, id limit :limit""")
                .bind("time", time.toEpochMilli())
                .bind(
                        "afterTime",
                        after.map(upload -> upload.updated().toEpochMilli()).orElse(Long.MIN_VALUE))
                .bind("afterId", after.map(upload -> upload.id().value()).orElse(""))
                .bind("limit", limit)
                .map(Uploads::session)
                .list());
    }

    /** How many these are. */
    public long countUntouchedSince(Instant time) {
        return database.read(handle -> handle.createQuery("select count(*) from uploads where updated_at <= :time")
                .bind("time", time.toEpochMilli())
                .mapTo(Long.class)
                .one());
    }

    /** Says how far an upload is. */
    public void advance(UploadId id, long offsetBytes) {
        long now = clock.millis();
        database.note(handle -> handle.createUpdate("""
                        update uploads set offset_bytes = :offset, updated_at = :now where id = :id""")
                .bind("id", id.value())
                .bind("offset", offsetBytes)
                .bind("now", now)
                .execute());
    }

    /** Forgets an upload, if it is known. */
    public void remove(UploadId id) {
        database.note(handle -> remove(handle, id));
    }

    static boolean remove(Handle handle, UploadId id) {
        return handle.createUpdate("delete from uploads where id = :id")
                        .bind("id", id.value())
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
