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
 * The prepared statements of one connection, kept for the next time: the same few are run again and again, and preparing one takes
 * SQLite longer than running it. For one thread at a time.
 */
final class KeptStatements extends DefaultStatementBuilder {

    private static final int MOST = 100;

    /** Those that nobody uses now, by their text, the longest unused first. */
    private final Map<String, PreparedStatement> kept = new LinkedHashMap<>();

    /** The texts of those that are in use; JDBI itself remembers only the text with the names of parameters. */
    private final IdentityHashMap<Statement, String> used = new IdentityHashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        PreparedStatement before = kept.remove(sql);
        PreparedStatement statement = before == null ? super.create(connection, sql, context) : before;
        if (!isPragma(sql)) {
            used.put(statement, sql);
        }
        return statement;
    }

    @Override
    public void close(Connection connection, String named, Statement statement) throws SQLException {
        String sql = used.remove(statement);
        if (sql == null || !(statement instanceof PreparedStatement prepared)) {
            statement.close();
            return;
        }
        if (prepared.isClosed()) { // by the driver, when it failed
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
        List<PreparedStatement> all = List.copyOf(kept.values());
        kept.clear();
        try {
            for (PreparedStatement statement : all) {
                statement.close();
            }
        } catch (SQLException e) {
            throw new UnableToCreateStatementException("could not close the statements of a connection", e);
        }
    }

    /** SQLite may carry one out while it is prepared: run again, it would do nothing. */
    private static boolean isPragma(String sql) {
        return sql.stripLeading().regionMatches(true, 0, "pragma", 0, 6);
    }

    private static void close(Optional<PreparedStatement> statement) throws SQLException {
        if (statement.isPresent()) {
            statement.get().close();
        }
    }
}
