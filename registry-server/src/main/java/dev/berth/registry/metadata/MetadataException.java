package dev.berth.registry.metadata;

/** The database could not be read or written. What was acknowledged before stays; what was asked for now did not happen. */
public class MetadataException extends RuntimeException {

    public MetadataException(String message, Throwable cause) {
        super(message, cause);
    }

    public MetadataException(String message) {
        super(message);
    }
}
