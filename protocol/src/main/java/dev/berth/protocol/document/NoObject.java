package dev.berth.protocol.document;

import java.io.IOException;

/** A document is well-formed, but a list or a single value and not an object. */
public final class NoObject extends IOException {
    NoObject() {
        super("not an object");
    }
}
