package dev.berth.registry.content;

/** The disk has no space for these bytes. An upload keeps what it has, and can go on when there is space. */
public final class DiskFull extends ContentException {
    public DiskFull(String message) {
        super(message);
    }

    DiskFull(String message, Throwable cause) {
        super(message, cause);
    }
}
