package dev.berth.registry.node.runtime;

/** A part of an entry in the hosts file can't be used. The message quotes it and says what was expected. */
public final class InvalidHost extends RuntimeException {
    InvalidHost(String found, String expected) {
        super("\"" + found + "\" is not " + expected);
    }
}
