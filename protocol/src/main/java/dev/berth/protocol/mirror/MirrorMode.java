package dev.berth.protocol.mirror;

import com.fasterxml.jackson.annotation.JsonValue;

/** When a mirror fetches. */
public enum MirrorMode {
    /** Fetches an image when it is first pulled. */
    ON_DEMAND("OnDemand"),
    /** Copies the selected images on a schedule. */
    SCHEDULED("Scheduled");

    private final String text;

    MirrorMode(String text) {
        this.text = text;
    }

    /** As it stands in the configuration. */
    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
