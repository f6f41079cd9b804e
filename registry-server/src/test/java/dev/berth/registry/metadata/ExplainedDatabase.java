package dev.berth.registry.metadata;

import dev.berth.registry.database.Database;
import dev.berth.registry.database.ReferenceTypes;
import dev.berth.registry.database.SqliteDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** SQLite with the real schema on one connection, which remembers what it was asked and can say how it would find it. */
final class ExplainedDatabase implements Database {
    private final Handle handle;
    private final Set<String> statements = new LinkedHashSet<>();

    private ExplainedDatabase(Jdbi jdbi) {
        this.handle = jdbi.setSqlLogger(new SqlLogger() {
                    @Override
                    public void logBeforeExecution(StatementContext context) {
                        statements.add(context.getParsedSql().getSql());
                    }
                })
                .open();
    }

    static ExplainedDatabase in(Path folder) {
        var file = folder.resolve("metadata.db");
        SqliteDatabase.open(file).close();
        return new ExplainedDatabase(Jdbi.create("jdbc:sqlite:" + file).installPlugin(new ReferenceTypes()));
    }

    Set<String> explained() {
        return Set.copyOf(statements);
    }

    /** The steps of all plans, each with the statement that it is of. */
    List<String> plans() {
        return List.copyOf(statements).stream()
                .flatMap(sql -> plan(sql).stream())
                .toList();
    }

    private List<String> plan(String sql) {
        try (var explain = handle.getConnection().prepareStatement("explain query plan " + sql)) {
            for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
                explain.setString(i, "");
            }
            var steps = new ArrayList<String>();
            try (var rows = explain.executeQuery()) {
                while (rows.next()) {
                    steps.add(rows.getString("detail") + " in: " + sql);
                }
            }
            return steps;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    @Override
    public <T> T read(HandleCallback<T, RuntimeException> query) {
        return query.withHandle(handle);
    }

    @Override
    public <T> T commit(HandleCallback<T, RuntimeException> change) {
        return change.withHandle(handle);
    }

    @Override
    public <T> T note(HandleCallback<T, RuntimeException> change) {
        return change.withHandle(handle);
    }

    @Override
    public List<String> faults() {
        throw new UnsupportedOperationException("nothing is checked by query plans");
    }

    @Override
    public void close() {
        handle.close();
    }
}
