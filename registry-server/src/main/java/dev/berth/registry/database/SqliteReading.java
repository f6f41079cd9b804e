package dev.berth.registry.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Reads the file of a {@link SqliteDatabase} that another process has open. It sees what that process has committed, and neither waits for
 * the other (sqlite.org, "Write-Ahead Logging"). Nothing can be changed. For one thread at a time.
 */
public final class SqliteReading implements Database {
    private final Handle reader;

    private SqliteReading(Handle reader) {
        this.reader = reader;
    }

    public static SqliteReading open(Path file) {
        return open(file, SqliteDatabase.source(file));
    }

    /**
     * Opens a file that no process has open, on a read-only mount. After a clean shutdown everything is in the file. Otherwise its log is
     * read too, which is possible only if the index of the log exists.
     */
    public static SqliteReading openReadOnly(Path file) {
        var hasLog = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
        var hasIndex = Files.exists(file.resolveSibling(file.getFileName() + "-shm"));
        if (hasLog && !hasIndex) {
            throw new DatabaseException(
                    "the database was not closed cleanly and must be repaired, which is not possible on a read-only"
                            + " mount; copy the data folder to a place that can be written to, and read the copy");
        }
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        var source = new SQLiteDataSource(config);
        source.setUrl(
                "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath() + (hasLog ? "" : "?immutable=1"));
        return open(file, source);
    }

    private static SqliteReading open(Path file, SQLiteDataSource source) {
        try {
            new SqliteSchema(source).requireNewest();
            var reader = SqliteDatabase.jdbi(source).open();
            reader.execute("pragma query_only = on");
            return new SqliteReading(reader);
        } catch (SQLException | JdbiException e) {
            throw new DatabaseException("could not open the database " + file + ": " + e.getMessage(), e);
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
        throw new DatabaseException("the data folder is opened for reading only");
    }

    @Override
    public <T> T note(HandleCallback<T, RuntimeException> change) {
        return commit(change);
    }

    @Override
    public List<String> faults() {
        return read(SqliteIntegrity::faults);
    }

    @Override
    public void close() {
        reader.close();
    }
}
