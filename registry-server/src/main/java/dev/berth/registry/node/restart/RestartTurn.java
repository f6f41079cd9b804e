package dev.berth.registry.node.restart;

import java.io.IOException;

/** What makes nodes restart their runtimes one after the other. One thread uses it. */
public interface RestartTurn {
    /** For a node that is alone. */
    RestartTurn ALONE = new RestartTurn() {
        @Override
        public boolean take() {
            return true;
        }

        @Override
        public void giveBack() {
            // nobody waits
        }
    };

    /**
     * Takes the turn if no other node has it.
     *
     * @throws IOException if that can't be found out
     */
    boolean take() throws IOException, InterruptedException;

    /** Lets the next node go on. If that fails, the turn ends by itself. */
    void giveBack() throws InterruptedException;
}
