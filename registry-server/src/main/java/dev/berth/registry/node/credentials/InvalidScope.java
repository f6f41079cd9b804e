package dev.berth.registry.node.credentials;

/** A text that names no images for which kubelet could send tokens. The message says what was expected. */
public final class InvalidScope extends IllegalArgumentException {
    InvalidScope(String text, String expected) {
        super("`" + text + "` should be " + expected + ".");
    }
}
