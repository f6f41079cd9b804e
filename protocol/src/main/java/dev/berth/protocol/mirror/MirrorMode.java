package dev.berth.protocol.mirror;

import com.fasterxml.jackson.annotation.JsonValue;

/** When a mirror fetches. */
public enum MirrorMode {
    /** What is asked for, when it is. */
    ON_DEMAND("OnDemand"),
    /** What was chosen, before anybody asks. */
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
