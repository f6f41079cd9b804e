package dev.berth.registry.content;

/** The store could not read or write bytes, for example because the disk is full or fails. What was acknowledged before stays. */
public class ContentException extends RuntimeException {
    ContentException(String message, Throwable cause) {
        super(message, cause);
    }

    ContentException(String message) {
        super(message);
    }
}
