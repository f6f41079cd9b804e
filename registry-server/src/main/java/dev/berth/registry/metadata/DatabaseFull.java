package dev.berth.registry.metadata;

/** There is no room for this change; nothing of it was made. */
public final class DatabaseFull extends MetadataException {

    DatabaseFull(String message, Throwable cause) {
        super(message, cause);
    }
}
