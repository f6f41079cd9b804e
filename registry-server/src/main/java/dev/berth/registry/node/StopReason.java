package dev.berth.registry.node;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Why an agent was told to stop: is Berth being uninstalled, or is this a restart? Files go in the first case only. */
sealed interface StopReason {
    record Uninstalled(String why) implements StopReason {}

    record Restarted() implements StopReason {}

    record Unclear(String why) implements StopReason {}

    /**
     * Judges by what the API server says about the objects that the agent lives by. The first sign of an uninstallation is enough; a lost
     * permission is no sign of it.
     */
    static StopReason of(Map<String, ApiAnswer> answers) {
        Optional<StopReason> unclear = Optional.empty();
        for (Map.Entry<String, ApiAnswer> entry : new TreeMap<>(answers).entrySet()) {
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
