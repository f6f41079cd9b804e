package dev.berth.registry.content;

/** How adopting a file made it a blob. */
public enum Adoption {
    /** The blob was already stored. */
    PRESENT,

    /** The file has a second name, and takes no additional space. */
    LINKED,

    COPIED
}
