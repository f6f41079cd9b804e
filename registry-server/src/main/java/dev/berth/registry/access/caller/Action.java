package dev.berth.registry.access.caller;

import java.util.Locale;

/** An action on a repository. */
public enum Action {
    PULL,
    PUSH,
    DELETE;

    /** The name of the action in the configuration, such as `pull`. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
