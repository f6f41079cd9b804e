package dev.berth.registry.content;

/** There is no room for these bytes. An upload stays where it was, to go on when there is. */
public final class DiskFull extends ContentException {

    public DiskFull(String message) {
        super(message);
    }

    DiskFull(String message, Throwable cause) {
        super(message, cause);
    }
}
