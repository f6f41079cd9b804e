package dev.berth.registry;

import java.util.ArrayList;
import java.util.List;

/** Lists the changed keys that take effect only after a restart. Pure. */
final class RestartNeeded {
    private RestartNeeded() {}

    /** Compares the configuration with which the server was started and a changed one. */
    static List<String> of(ServerSettings started, ServerSettings changed) {
        var keys = new ArrayList<String>();
        addIf(keys, "http", !started.http().equals(changed.http()));
        addIf(keys, "management", !started.management().equals(changed.management()));
        addIf(
                keys,
                "storage",
                !started.storage()
                        .equals(changed.storage().limitedTo(started.storage().mostBytes())));
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
