package dev.berth.registry.database;

import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteException;

/** Translates SQLite's errors. */
final class SqliteFailure {
    private static final int BUSY = 5;
    private static final int FULL = 13;

    private SqliteFailure() {}

    /** The exception for a change that failed. */
    static DatabaseException ofWriting(JdbiException failure) {
        return of("could not write: ", failure);
    }

    /** The exception for a read that failed. */
    static DatabaseException ofReading(JdbiException failure) {
        return of("could not read: ", failure);
    }

    private static DatabaseException of(String what, JdbiException failure) {
        var message = what + failure.getMessage();
        return switch (primaryCode(failure)) {
            case FULL -> new DatabaseFull(message, failure);
            case BUSY -> new DatabaseBusy(failure);
            default -> new DatabaseException(message, failure);
        };
    }

    /** SQLite's primary result code (sqlite.org, "Result and Error Codes"); 0 for other failures. */
    private static int primaryCode(JdbiException failure) {
        return failure.getCause() instanceof SQLiteException cause ? cause.getResultCode().code & 0xff : 0;
    }
}
