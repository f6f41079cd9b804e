package dev.berth.registry.node.credentials;

/** A text from which no {@link TokenScope} can be read. The message says what was expected. */
public final class InvalidScope extends IllegalArgumentException {
    InvalidScope(String text, String expected) {
        super("`" + text + "` should be " + expected + ".");
    }
}
