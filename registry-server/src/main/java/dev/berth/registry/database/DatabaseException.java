package dev.berth.registry.database;

/** The database could not be read or written. What was acknowledged before stays. */
public class DatabaseException extends RuntimeException {
    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    DatabaseException(String message) {
        super(message);
    }
}
