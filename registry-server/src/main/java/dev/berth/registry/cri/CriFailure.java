package dev.berth.registry.cri;

import java.io.IOException;

/** A call to the container runtime failed. The message tells an administrator what was asked and what came back. */
public final class CriFailure extends IOException {
    /** What went wrong, so far as callers act on it. */
    public enum Kind {
        /** There is no socket, nobody listens on it, or the connection broke. */
        AWAY,
        /** The runtime did not answer in time. */
        LATE,
        /** Something listens on the socket that does not speak gRPC. */
        NOT_CRI,
        /** The program on the socket speaks gRPC but not version 1 of CRI, as containerd with its CRI plugin disabled. */
        UNIMPLEMENTED,
        /** The runtime does not have what it was asked for. */
        NOT_FOUND,
        /** The runtime, or a registry that it asked, did not let the caller have what it asked for. */
        DENIED,
        /** The runtime answered with another error. */
        REFUSED,
        /** The runtime's answer is longer than the caller accepts, or is no message. */
        MALFORMED
    }

    private final Kind kind;

    CriFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    CriFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
