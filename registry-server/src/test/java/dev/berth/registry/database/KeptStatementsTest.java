package dev.berth.registry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

final class KeptStatementsTest {
    private final List<PreparedStatement> run = new ArrayList<>();
    private final Handle handle;

    KeptStatementsTest(@TempDir Path folder) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("some.db"));
        var jdbi = Jdbi.create(source);
        jdbi.setStatementBuilderFactory(connection -> new KeptStatements());
        jdbi.setSqlLogger(new Watched());
        handle = jdbi.open();
    }

    /** Hears of each statement that is run. */
    private final class Watched implements SqlLogger {
        @Override
        public void logBeforeExecution(StatementContext context) {
            run.add(context.getStatement());
        }
    }

    @BeforeEach
    void makeTable() {
        handle.execute("create table names (name text primary key)");
        run.clear();
    }

    @AfterEach
    void close() {
        handle.close();
    }

    @Test
    void a_statement_is_prepared_once_and_takes_new_values_each_time() {
        insert("anna");
        insert("otto");

        assertThat(run.get(1)).isSameAs(run.get(0));
        assertThat(names()).containsExactly("anna", "otto");
    }

    @Test
    void a_query_that_is_asked_while_another_like_it_is_read_gets_a_statement_of_its_own() {
        insert("anna");
        insert("otto");
        run.clear();

        try (var outer = handle.createQuery("select name from names order by name").mapTo(String.class).stream()) {
            assertThat(outer.flatMap(name -> names().stream())).containsExactly("anna", "otto", "anna", "otto");
        }
        assertThat(run.get(1)).isNotSameAs(run.get(0));
    }

    @Test
    void a_statement_that_was_refused_works_the_next_time() {
        insert("anna");
        assertThatExceptionOfType(JdbiException.class).isThrownBy(() -> insert("anna"));
        insert("otto");

        assertThat(names()).containsExactly("anna", "otto");
    }

    @Test
    void a_pragma_works_each_time() {
        for (var mode : List.of("off", "full", "off", "full")) {
            handle.execute("pragma synchronous = " + mode);
        }
        assertThat(synchronous()).isEqualTo(2);
        handle.execute("pragma synchronous = off");
        assertThat(synchronous()).isZero();
    }

    @Test
    void those_unused_for_longest_are_closed_when_there_are_many() throws SQLException {
        for (int i = 0; i < 150; i++) {
            handle.createQuery("select " + i).mapTo(Integer.class).one();
        }
        assertThat(run.getFirst().isClosed()).isTrue();
        assertThat(run.getLast().isClosed()).isFalse();
    }

    @Test
    void all_are_closed_with_their_connection() throws SQLException {
        insert("anna");
        handle.close();

        assertThat(run.getFirst().isClosed()).isTrue();
    }

    private void insert(String name) {
        handle.createUpdate("insert into names (name) values (:name)")
                .bind("name", name)
                .execute();
    }

    private List<String> names() {
        return handle.createQuery("select name from names order by name")
                .mapTo(String.class)
                .list();
    }

    private int synchronous() {
        return handle.createQuery("pragma synchronous").mapTo(Integer.class).one();
    }
}
