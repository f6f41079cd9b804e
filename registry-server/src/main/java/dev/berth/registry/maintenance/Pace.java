package dev.berth.registry.maintenance;

import java.time.Duration;

/** How hard maintenance may work beside what is served. */
@FunctionalInterface
public interface Pace {
    /** As fast as it goes: nobody else is there. */
    Pace FREE = _ -> true;

    /**
     * Called between two steps; may wait.
     *
     * @param worked how long the step took
     * @return false when work is to end here, because the server does
     */
    boolean rest(Duration worked);
}
