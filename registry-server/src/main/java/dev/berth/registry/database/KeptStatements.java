package dev.berth.registry.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToCreateStatementException;

/**
 * Keeps the prepared statements of one connection. The same few statements run again and again, and SQLite takes longer to prepare one than
 * to run it. For one thread at a time.
 */
final class KeptStatements extends DefaultStatementBuilder {
    private static final int MOST = 100;

    /** The statements that are not in use, by their text, the least recently used first. */
    private final Map<String, PreparedStatement> kept = new LinkedHashMap<>();

    /** The texts of the statements in use. JDBI itself remembers only the text with named parameters. */
    private final IdentityHashMap<Statement, String> used = new IdentityHashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        var before = kept.remove(sql);
        PreparedStatement statement = before == null ? super.create(connection, sql, context) : before;
        if (!isPragma(sql)) {
            used.put(statement, sql);
        }
        return statement;
    }

    @Override
    public void close(Connection connection, String named, Statement statement) throws SQLException {
        var sql = used.remove(statement);
        if (sql == null || !(statement instanceof PreparedStatement prepared)) {
            statement.close();
            return;
        }
        if (prepared.isClosed()) { // the driver closes a statement that failed
            return;
        }
        prepared.clearParameters();
        close(Optional.ofNullable(kept.put(sql, prepared)));
        if (kept.size() > MOST) {
            close(kept.keySet().stream().findFirst().map(kept::remove));
        }
    }

    @Override
    public void close(Connection connection) {
        var all = List.copyOf(kept.values());
        kept.clear();
        try {
            for (var statement : all) {
                statement.close();
            }
        } catch (SQLException e) {
            throw new UnableToCreateStatementException("could not close the statements of a connection", e);
        }
    }

    /** Pragmas are not kept: SQLite may run one while it is prepared, and a second run would do nothing. */
    private static boolean isPragma(String sql) {
        return sql.stripLeading().regionMatches(true, 0, "pragma", 0, 6);
    }

    private static void close(Optional<PreparedStatement> statement) throws SQLException {
        if (statement.isPresent()) {
            statement.get().close();
        }
    }
}
