package dev.berth.registry.database;

/** Another program has locked the database for too long. Nothing was changed; the caller may try again. */
public final class DatabaseBusy extends DatabaseException {
    DatabaseBusy(Throwable cause) {
        super("another program has the database locked, such as sqlite3 or a backup", cause);
    }
}
