package dev.berth.registry;

import java.util.ArrayList;
import java.util.List;

/** Names the keys whose change a running server does not take up. Pure. */
final class RestartNeeded {
    private RestartNeeded() {}

    /** Compares what the server was started with and a changed configuration. */
    static List<String> of(ServerSettings started, ServerSettings changed) {
        var keys = new ArrayList<String>();
        addIf(keys, "http", !started.http().equals(changed.http()));
        addIf(keys, "management", !started.management().equals(changed.management()));
        addIf(keys, "storage", !started.storage().equals(changed.storage()));
        addIf(keys, "maintenance", !started.maintenance().equals(changed.maintenance()));
        addIf(keys, "tls", started.tls().isEmpty() && changed.tls().isPresent());
        return List.copyOf(keys);
    }

    private static void addIf(List<String> keys, String key, boolean changed) {
        if (changed) {
            keys.add("`" + key + "`");
        }
    }
}
