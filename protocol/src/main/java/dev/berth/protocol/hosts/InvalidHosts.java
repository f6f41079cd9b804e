package dev.berth.protocol.hosts;

import java.io.IOException;

/** A file is no list of hosts; the message says why, in words for a person who looks after the cluster. */
public final class InvalidHosts extends IOException {

    InvalidHosts(String message) {
        super(message);
    }
}
