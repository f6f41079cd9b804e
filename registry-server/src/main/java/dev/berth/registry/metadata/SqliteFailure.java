package dev.berth.registry.metadata;

import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's errors mean here. */
final class SqliteFailure {

    private SqliteFailure() {}

    /** Why a change was not made. */
    static MetadataException of(JdbiException failure) {
        String message = "could not write: " + failure.getMessage();
        return isFull(failure) ? new DatabaseFull(message, failure) : new MetadataException(message, failure);
    }

    private static boolean isFull(JdbiException failure) {
        return failure.getCause() instanceof SQLiteException cause
                && cause.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
    }
}
