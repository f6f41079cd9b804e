package dev.berth.protocol.document;

import java.io.IOException;

/** What was read is well-formed, but a list or a single value. */
public final class NoObject extends IOException {

    NoObject() {
        super("not an object");
    }
}
