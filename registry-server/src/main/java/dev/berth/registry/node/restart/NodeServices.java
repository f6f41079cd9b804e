package dev.berth.registry.node.restart;

import java.io.IOException;

/** Starts and stops the services of a node. */
public interface NodeServices {
    /**
     * How a service is.
     *
     * @throws IOException if the service manager can't be asked; the message is a sentence for people
     */
    UnitState state(String unit) throws IOException;

    /**
     * Asks for a restart and does not wait for it. A unit that has failed too often may be started again, too.
     *
     * @throws IOException if the service manager can't be asked or refuses
     */
    void restart(String unit) throws IOException;
}
