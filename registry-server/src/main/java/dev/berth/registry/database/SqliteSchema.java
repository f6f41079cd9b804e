package dev.berth.registry.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Brings a database to the schema of this version. Flyway's migrations change an older schema. Nearly every start finds the newest schema or
 * no schema, and loading Flyway would take longer than the rest of the start. So a script makes a new database as the migrations would,
 * with Flyway's own history; a test compares the two.
 */
final class SqliteSchema {
    /** The newest migration. */
    static final String VERSION = "5";

    static final String MIGRATIONS = "classpath:db/migration/sqlite";

    private static final String SCRIPT = "/db/schema/sqlite.sql";
    private static final String NEWEST =
            "select version from flyway_schema_history where success order by installed_rank desc limit 1";

    private final DataSource database;

    SqliteSchema(DataSource database) {
        this.database = database;
    }

    void bringUpToDate() throws SQLException {
        if (!isNewest()) {
            refuseNewer();
            Flyway.configure().dataSource(database).locations(MIGRATIONS).load().migrate();
        }
    }

    /** Flyway does not mind a newer schema, but this version would write to tables whose rules it does not know. */
    private void refuseNewer() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            var version = version(statement).map(MigrationVersion::fromVersion);
            if (version.filter(present -> present.isNewerThan(VERSION)).isPresent()) {
                throw new DatabaseException("a newer version of Berth has changed the database to schema "
                        + version.get() + ", and this version knows schema " + VERSION
                        + "; start the newer version again, or restore a backup from before the upgrade");
            }
        }
    }

    /** Throws {@link DatabaseException} unless the schema is that of this version. Changes nothing. */
    void requireNewest() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            if (!isNewest(statement)) {
                throw new DatabaseException(
                        "the schema of the database is that of another version; use the program of the server that has it open");
            }
        }
    }

    private boolean isNewest() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            if (first(statement, "select name from sqlite_master").isEmpty()) {
                statement.executeUpdate("begin immediate;\n" + script() + "commit;\n");
            }
            return isNewest(statement);
        }
    }

    private static boolean isNewest(Statement statement) throws SQLException {
        return version(statement).equals(Optional.of(VERSION));
    }

    /** The newest migration that the database has. */
    private static Optional<String> version(Statement statement) throws SQLException {
        var hasRecord = first(statement, "select name from sqlite_master where name = 'flyway_schema_history'")
                .isPresent();
        return hasRecord ? first(statement, NEWEST) : Optional.empty();
    }

    private static Optional<String> first(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        }
    }

    private static String script() {
        try (var script = SqliteSchema.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IllegalStateException(SCRIPT + " is missing from this program");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
