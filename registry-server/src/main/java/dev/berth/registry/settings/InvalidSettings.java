package dev.berth.registry.settings;

/** Settings that the server cannot use. The message is one sentence for the person who wrote them. */
public final class InvalidSettings extends RuntimeException {
    public InvalidSettings(String message) {
        super(message);
    }

    public InvalidSettings(String message, Throwable cause) {
        super(message, cause);
    }
}
