package dev.berth.registry.database;

/** The database could not be read or written. What was acknowledged before stays. */
public class DatabaseException extends RuntimeException {
    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    public DatabaseException(String message) {
        super(message);
    }
}
