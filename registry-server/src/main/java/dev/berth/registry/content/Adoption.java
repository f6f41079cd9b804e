package dev.berth.registry.content;

/** How a file became a blob. */
public enum Adoption {
    /** The blob was here. */
    PRESENT,

    /** It has a second name now, and takes no more room than before. */
    LINKED,

    COPIED
}
