package dev.berth.operator;

import dev.berth.operator.resource.WatchedNamespaces;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator is told by its environment and its settings file.
 *
 * @param serverImage the image that servers run (`BERTH_SERVER_IMAGE`)
 * @param namespace where the operator itself runs (`BERTH_NAMESPACE`)
 * @param watched the namespaces whose Registries and ImageMirrors the operator looks after (`BERTH_WATCH_NAMESPACES`)
 * @param nodesNamespace where the node agents run (`BERTH_NODES_NAMESPACE`)
 * @param port of `/livez`, `/readyz` and `/metrics` (`BERTH_PORT`)
 * @param leaderElection whether several operators elect a leader, by a Lease (`BERTH_LEADER_ELECTION`: `true`, `false`, or `auto`)
 * @param deployment the Deployment that the operator is a replica of (`BERTH_DEPLOYMENT`); absent outside a cluster
 */
public record OperatorSettings(
        String serverImage,
        String namespace,
        WatchedNamespaces watched,
        String nodesNamespace,
        int port,
        LeaderElection leaderElection,
        Optional<String> deployment) {
    /** Whether a leader is elected. */
    public enum LeaderElection {
        ON,
        OFF,
        /** When the operator's Deployment has more than one replica. */
        AUTO
    }

    /**
     * Reads the environment alone. Absent variables have defaults.
     *
     * @throws BadSetting for an invalid value
     */
    public static OperatorSettings from(Map<String, String> environment) {
        return from(new SettingSources(environment, Optional.empty()));
    }

    /**
     * Reads the environment and the settings file. Absent settings have defaults.
     *
     * @throws BadSetting for an invalid value
     */
    static OperatorSettings from(SettingSources sources) {
        checkOneOf(LogFormat.ALL, "text or json", OperatorVariable.BERTH_LOG_FORMAT, sources);
        var levels = "ERROR, WARN, INFO, DEBUG or TRACE";
        checkOneOf(LogFormat.LEVELS, levels, OperatorVariable.BERTH_LOG_LEVEL, sources);
        checkOneOf(LogFormat.LEVELS, levels, OperatorVariable.BERTH_SDK_LOG_LEVEL, sources);
        return new OperatorSettings(
                sources.text(OperatorVariable.BERTH_SERVER_IMAGE),
                sources.text(OperatorVariable.BERTH_NAMESPACE),
                watched(sources),
                sources.text(OperatorVariable.BERTH_NODES_NAMESPACE),
                port(sources),
                election(sources),
                Optional.of(sources.text(OperatorVariable.BERTH_DEPLOYMENT)).filter(name -> !name.isBlank()));
    }

    /** Refuses a setting of the log that {@link LogFormat} or Logback does not know. */
    private static void checkOneOf(
            List<String> known, String expected, OperatorVariable variable, SettingSources sources) {
        if (!known.contains(sources.text(variable))) {
            throw sources.wrong(variable, expected);
        }
    }

    private static WatchedNamespaces watched(SettingSources sources) {
        var text = sources.text(OperatorVariable.BERTH_WATCH_NAMESPACES);
        if (text.isBlank()) {
            return new WatchedNamespaces(Set.of());
        }
        var names = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (!names.stream().allMatch(OperatorSettings::isNamespace)) {
            throw sources.wrong(
                    OperatorVariable.BERTH_WATCH_NAMESPACES, "namespaces separated by commas, such as team-a,team-b");
        }
        return new WatchedNamespaces(Set.copyOf(names));
    }

    private static boolean isNamespace(String name) {
        return name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    }

    private static int port(SettingSources sources) {
        var text = sources.text(OperatorVariable.BERTH_PORT);
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
            throw sources.wrong(OperatorVariable.BERTH_PORT, "a port, 0 to 65535");
        }
        return Integer.parseInt(text);
    }

    private static LeaderElection election(SettingSources sources) {
        return switch (sources.text(OperatorVariable.BERTH_LEADER_ELECTION)) {
            case "true" -> LeaderElection.ON;
            case "false" -> LeaderElection.OFF;
            case "auto" -> LeaderElection.AUTO;
            default -> throw sources.wrong(OperatorVariable.BERTH_LEADER_ELECTION, "true, false or auto");
        };
    }

    /** A setting, or the file with settings, is invalid. The message says what it should be. */
    static final class BadSetting extends IllegalArgumentException {
        BadSetting(String message) {
            super(message);
        }
    }
}
