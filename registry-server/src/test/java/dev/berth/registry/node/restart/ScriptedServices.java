package dev.berth.registry.node.restart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A service manager of tests. What a restart does is up to the test. */
final class ScriptedServices implements NodeServices {
    final List<String> restarts = new ArrayList<>();
    private final Restart restart;
    private String active = "active";
    private long since = 1;
    private String refusal = "";

    interface Restart {
        /** Restarts it, and returns the state of the unit afterwards. */
        String run() throws IOException;
    }

    ScriptedServices(Restart restart) {
        this.restart = restart;
    }

    void refuses(String why) {
        refusal = why;
    }

    void isNow(String state) {
        active = state;
    }

    @Override
    public UnitState state(String unit) throws IOException {
        check();
        return new UnitState(active, since);
    }

    @Override
    public void restart(String unit) throws IOException {
        check();
        restarts.add(unit);
        active = restart.run();
        since++;
    }

    private void check() throws IOException {
        if (!refusal.isEmpty()) {
            throw new IOException(refusal);
        }
    }
}
