package dev.berth.protocol.hosts;

import java.io.IOException;

/** A file is not a list of hosts. The message tells an administrator why. */
public final class InvalidHosts extends IOException {
    InvalidHosts(String message) {
        super(message);
    }
}
