package dev.berth.registry.database;

/** Another program has the database locked for longer than anybody waits. What was asked for did not happen, and may be asked for again. */
public final class DatabaseBusy extends DatabaseException {

    DatabaseBusy(Throwable cause) {
        super("another program has the database locked, such as sqlite3 or a backup", cause);
    }
}
