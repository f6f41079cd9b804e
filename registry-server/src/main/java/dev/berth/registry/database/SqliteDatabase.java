package dev.berth.registry.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** A SQLite database in one file, with a few connections for reading and one for writing. */
public final class SqliteDatabase implements Database {
    private static final int READERS = 4;
    private static final int BUSY_MILLISECONDS = 10_000;
    private static final int LARGEST_IDLE_LOG_BYTES = 64 * 1024 * 1024;

    private final BlockingQueue<Handle> readers = new ArrayBlockingQueue<>(READERS);
    private final Checkpoints checkpoints;
    private final GroupCommit writer;

    private SqliteDatabase(Jdbi jdbi) {
        this.checkpoints = Checkpoints.start(jdbi.open());
        var handle = jdbi.open();
        handle.execute("pragma wal_autocheckpoint = 0");
        this.writer = GroupCommit.start(handle, checkpoints::committed);
        for (int i = 0; i < READERS; i++) {
            var reader = jdbi.open();
            reader.execute("pragma query_only = on");
            readers.add(reader);
        }
    }

    /** Opens the database in `file`, or makes it, and brings its schema up to date. */
    public static SqliteDatabase open(Path file) {
        var source = source(file);
        try {
            new SqliteSchema(source).bringUpToDate();
            return new SqliteDatabase(jdbi(source));
        } catch (SQLException | FlywayException | JdbiException e) {
            throw new DatabaseException("could not open the database " + file + ": " + e.getMessage(), e);
        }
    }

    static SQLiteDataSource source(Path file) {
        var source = new SQLiteDataSource(config());
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    static Jdbi jdbi(SQLiteDataSource source) {
        var jdbi = Jdbi.create(source).installPlugin(new ReferenceTypes());
        jdbi.setStatementBuilderFactory(connection -> new KeptStatements());
        return jdbi;
    }

    @Override
    public <T> T read(HandleCallback<T, RuntimeException> query) {
        var reader = takeReader();
        try {
            return query.withHandle(reader);
        } catch (JdbiException e) {
            throw SqliteFailure.ofReading(e);
        } finally {
            readers.add(reader);
        }
    }

    @Override
    public <T> T commit(HandleCallback<T, RuntimeException> change) {
        return writer.run(change, Durability.POWER_CUT);
    }

    @Override
    public <T> T note(HandleCallback<T, RuntimeException> change) {
        return writer.run(change, Durability.PROCESS);
    }

    @Override
    public List<String> faults() {
        return read(SqliteIntegrity::faults);
    }

    @Override
    public void close() {
        writer.close();
        checkpoints.close();
        for (int i = 0; i < READERS; i++) {
            takeReader().close();
        }
    }

    private Handle takeReader() {
        try {
            return readers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while waiting for a connection", e);
        }
    }

    private static SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setJournalSizeLimit(LARGEST_IDLE_LOG_BYTES);
        config.enforceForeignKeys(true);
        // Only another program, such as sqlite3, can lock the file: this process has one writer.
        config.setBusyTimeout(BUSY_MILLISECONDS);
        config.setGetGeneratedKeys(false);
        return config;
    }
}
