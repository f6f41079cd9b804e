package dev.berth.registry.access;

/** Who sent a request. */
public sealed interface Caller {
    /** As logs and upload sessions name them; nobody's name is empty. */
    String name();

    /** Somebody without credentials. */
    record Anonymous() implements Caller {
        @Override
        public String name() {
            return "";
        }
    }

    /** Somebody whose password was right. */
    record User(String name) implements Caller {}
}
