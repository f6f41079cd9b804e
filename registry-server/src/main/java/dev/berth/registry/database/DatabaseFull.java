package dev.berth.registry.database;

/** There is no disk space for this change. Nothing was changed. */
public final class DatabaseFull extends DatabaseException {
    DatabaseFull(String message, Throwable cause) {
        super(message, cause);
    }
}
