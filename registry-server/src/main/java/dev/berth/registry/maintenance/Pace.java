package dev.berth.registry.maintenance;

import java.time.Duration;

/** Slows maintenance down, so that requests are served at full speed. */
@FunctionalInterface
public interface Pace {
    /** Does not slow down: for commands that have the data folder alone. */
    Pace FREE = _ -> true;

    /**
     * Called between two steps, and may wait.
     *
     * @param worked how long the last step took
     * @return false if maintenance must stop, because the server stops
     */
    boolean rest(Duration worked);
}
