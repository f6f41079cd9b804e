package dev.berth.registry.metadata;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;

/**
 * The file of a {@link SqliteDatabase} that another process has open, read beside it: what is committed there is seen, nobody waits, and
 * nothing can be changed (sqlite.org, "Write-Ahead Logging"). For one thread at a time.
 */
final class SqliteReading implements Database {

    private final Handle reader;

    private SqliteReading(Handle reader) {
        this.reader = reader;
    }

    static SqliteReading open(Path file) {
        try {
            var source = SqliteDatabase.source(file);
            new SqliteSchema(source).requireNewest();
            var reader = SqliteDatabase.jdbi(source).open();
            reader.execute("pragma query_only = on");
            return new SqliteReading(reader);
        } catch (SQLException | JdbiException e) {
            throw new MetadataException("could not open the database " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public <T> T read(HandleCallback<T, RuntimeException> query) {
        try {
            return query.withHandle(reader);
        } catch (JdbiException e) {
            throw SqliteFailure.ofReading(e);
        }
    }

    @Override
    public <T> T commit(HandleCallback<T, RuntimeException> change) {
        throw new MetadataException("the database is its server's to change");
    }

    @Override
    public <T> T note(HandleCallback<T, RuntimeException> change) {
        return commit(change);
    }

    @Override
    public void close() {
        reader.close();
    }
}
