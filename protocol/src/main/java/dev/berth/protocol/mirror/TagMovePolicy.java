package dev.berth.protocol.mirror;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether a mirrored tag follows when the upstream moves it. */
public enum TagMovePolicy {
    /** The mirror moves it too. */
    FOLLOW("Follow"),
    /** The mirror keeps the image that the tag had first. */
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
