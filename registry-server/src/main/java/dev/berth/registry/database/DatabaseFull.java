package dev.berth.registry.database;

/** There is no room for this change; nothing of it was made. */
public final class DatabaseFull extends DatabaseException {

    DatabaseFull(String message, Throwable cause) {
        super(message, cause);
    }
}
