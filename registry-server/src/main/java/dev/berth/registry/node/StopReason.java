package dev.berth.registry.node;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Why an agent is being stopped. It removes its files only if Berth is being uninstalled. */
sealed interface StopReason {
    record Uninstalled(String why) implements StopReason {}

    record Restarted() implements StopReason {}

    record Unclear(String why) implements StopReason {}

    /**
     * Decides by the answers of the API server about the DaemonSet and the namespace of the agent. One object that is gone or being deleted means
     * an uninstallation; a lost permission does not.
     */
    static StopReason of(Map<String, ApiAnswer> answers) {
        Optional<StopReason> unclear = Optional.empty();
        for (var entry : new TreeMap<>(answers).entrySet()) {
            switch (entry.getValue()) {
                case ApiAnswer.Gone gone -> {
                    return new Uninstalled(entry.getKey() + " is gone");
                }
                case ApiAnswer.Found found
                when found.beingDeleted() -> {
                    return new Uninstalled(entry.getKey() + " is being deleted");
                }
                case ApiAnswer.Found found -> {}
                case ApiAnswer.Unclear answer ->
                    unclear = Optional.of(new Unclear(entry.getKey() + ": " + answer.why()));
            }
        }
        return unclear.orElse(new Restarted());
    }
}
