package dev.berth.registry.access;

import java.util.Locale;

/** What somebody wants to do with a repository. */
public enum Action {
    PULL,
    PUSH,
    DELETE;

    /** As it stands in the configuration: `pull`. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
