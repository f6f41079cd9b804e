package dev.berth.registry.storage;

/** The data folder can't be opened; the message says why and what to do. */
public class StorageUnavailable extends RuntimeException {

    public StorageUnavailable(String message) {
        super(message);
    }

    public StorageUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
