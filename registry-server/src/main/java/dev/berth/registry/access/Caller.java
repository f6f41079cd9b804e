package dev.berth.registry.access;

/** Who sent a request. */
public sealed interface Caller {
    /** Somebody without credentials. */
    record Anonymous() implements Caller {}

    /** Somebody whose password was right. */
    record User(String name) implements Caller {}
}
