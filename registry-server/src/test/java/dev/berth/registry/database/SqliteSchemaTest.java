package dev.berth.registry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** A new database is what the migrations make of nothing. */
final class SqliteSchemaTest {
    private static final Path SCRIPT = Path.of("src/main/resources/db/schema/sqlite.sql");

    @TempDir
    private Path folder;

    private SQLiteDataSource source;

    @BeforeEach
    void name() {
        source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("metadata.db"));
    }

    @Test
    void the_script_is_what_the_migrations_come_to() throws IOException {
        flyway().migrate();
        var script = dump();

        if ("write".equals(System.getProperty("reference"))) {
            Files.createDirectories(SCRIPT.getParent());
            Files.writeString(SCRIPT, script);
        }
        assertThat(SCRIPT)
                .as("write it anew: mvn -pl registry-server -am test -Dtest=SqliteSchemaTest -Dreference=write"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(script);
    }

    @Test
    void the_version_is_the_newest_migration() {
        var all = flyway().info().all();
        assertThat(all[all.length - 1].getVersion().getVersion()).isEqualTo(SqliteSchema.VERSION);
    }

    @Test
    void flyway_finds_nothing_to_do_in_a_new_database() throws Exception {
        new SqliteSchema(source).bringUpToDate();

        assertThat(flyway().info().pending()).isEmpty();
        flyway().validate();
    }

    @Test
    void an_older_database_is_migrated_and_keeps_what_it_has() throws Exception {
        flyway("1").migrate();
        write("insert into repositories (id, name) values (1, 'team/web')");

        new SqliteSchema(source).bringUpToDate();

        assertThat(flyway().info().pending()).isEmpty();
        assertThat(rows("select name from repositories"))
                .extracting(row -> row.get("name"))
                .containsExactly("team/web");
    }

    @Test
    void a_database_that_is_up_to_date_is_left_alone() throws Exception {
        new SqliteSchema(source).bringUpToDate();
        write("insert into repositories (id, name) values (1, 'team/web')");
        var before = dump();

        new SqliteSchema(source).bringUpToDate();

        assertThat(dump()).isEqualTo(before);
    }

    @Test
    void a_database_of_a_newer_version_is_refused_and_left_alone() throws Exception {
        new SqliteSchema(source).bringUpToDate();
        write("insert into flyway_schema_history select installed_rank + 1, '999', description, type, script, checksum,"
                + " installed_by, installed_on, execution_time, success from flyway_schema_history"
                + " order by installed_rank desc limit 1");
        var before = dump();

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> new SqliteSchema(source).bringUpToDate())
                .withMessageContainingAll("newer version of Berth", "schema 999", "schema " + SqliteSchema.VERSION);
        assertThat(dump()).isEqualTo(before);
    }

    private Flyway flyway() {
        return flyway("latest");
    }

    private Flyway flyway(String target) {
        return Flyway.configure()
                .dataSource(source)
                .locations(SqliteSchema.MIGRATIONS)
                .target(target)
                .load();
    }

    /** Everything that is in the database, as statements that make it; of Flyway's record not when it was made, and how fast. */
    private String dump() {
        var statements = new ArrayList<String>();
        var objects = rows("select type, name, sql from sqlite_master where sql is not null order by rowid");
        objects.stream()
                .filter(object -> !isTrigger(object))
                .forEach(object -> statements.add(object.get("sql") + ";"));
        objects.stream()
                .filter(object -> "table".equals(object.get("type")))
                .forEach(table -> statements.addAll(inserts(String.valueOf(table.get("name")))));
        objects.stream().filter(SqliteSchemaTest::isTrigger).forEach(object -> statements.add(object.get("sql") + ";"));
        return String.join("\n\n", statements) + "\n";
    }

    private static boolean isTrigger(Map<String, Object> object) {
        return "trigger".equals(object.get("type"));
    }

    private List<String> inserts(String table) {
        return rows("select * from " + table).stream()
                .map(row -> "insert into " + table + " (" + String.join(", ", row.keySet()) + ")\nvalues ("
                        + row.entrySet().stream().map(SqliteSchemaTest::literal).collect(Collectors.joining(", "))
                        + ");")
                .toList();
    }

    private static String literal(Map.Entry<String, Object> column) {
        return switch (column.getKey()) {
            case "installed_on" -> "'2026-01-01 00:00:00.000'";
            case "execution_time" -> "0";
            default ->
                column.getValue() instanceof String text
                        ? "'" + text.replace("'", "''") + "'"
                        : String.valueOf(column.getValue());
        };
    }

    private void write(String sql) {
        Jdbi.create(source).useHandle(handle -> handle.execute(sql));
    }

    private List<Map<String, Object>> rows(String sql) {
        try (var handle = Jdbi.create(source).open()) {
            return handle.createQuery(sql).mapToMap().list();
        }
    }
}
