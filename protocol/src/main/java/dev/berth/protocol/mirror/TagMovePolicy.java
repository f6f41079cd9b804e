package dev.berth.protocol.mirror;

import com.fasterxml.jackson.annotation.JsonValue;

/** What becomes of a tag here when the upstream moves it. */
public enum TagMovePolicy {
    /** It moves as well. */
    FOLLOW("Follow"),
    /** It stays where it was first seen. */
    KEEP("Keep");

    private final String text;

    TagMovePolicy(String text) {
        this.text = text;
    }

    /** As it stands in the configuration. */
    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
