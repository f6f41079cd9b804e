package dev.berth.registry.storage;

/** The data folder cannot be opened. The message says why and what to do. */
public class StorageUnavailable extends RuntimeException {
    public StorageUnavailable(String message) {
        super(message);
    }

    public StorageUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
