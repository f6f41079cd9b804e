package dev.berth.operator;

import dev.berth.operator.resource.WatchedNamespaces;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator is told by its environment.
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
     * Reads the environment. Absent variables have defaults.
     *
     * @throws BadSetting for an invalid value
     */
    public static OperatorSettings from(Map<String, String> environment) {
        checkLogFormat(OperatorVariable.BERTH_LOG_FORMAT.in(environment));
        return new OperatorSettings(
                OperatorVariable.BERTH_SERVER_IMAGE.in(environment),
                OperatorVariable.BERTH_NAMESPACE.in(environment),
                watched(OperatorVariable.BERTH_WATCH_NAMESPACES.in(environment)),
                OperatorVariable.BERTH_NODES_NAMESPACE.in(environment),
                port(OperatorVariable.BERTH_PORT.in(environment)),
                election(OperatorVariable.BERTH_LEADER_ELECTION.in(environment)),
                Optional.of(OperatorVariable.BERTH_DEPLOYMENT.in(environment)).filter(name -> !name.isBlank()));
    }

    /** Refuses a format that {@link LogFormat} does not know. */
    private static void checkLogFormat(String text) {
        if (!LogFormat.ALL.contains(text)) {
            throw new BadSetting("BERTH_LOG_FORMAT", text, "text or json");
        }
    }

    private static WatchedNamespaces watched(String text) {
        if (text.isBlank()) {
            return new WatchedNamespaces(Set.of());
        }
        var names = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (!names.stream().allMatch(OperatorSettings::isNamespace)) {
            throw new BadSetting(
                    "BERTH_WATCH_NAMESPACES", text, "namespaces separated by commas, such as team-a,team-b");
        }
        return new WatchedNamespaces(Set.copyOf(names));
    }

    private static boolean isNamespace(String name) {
        return name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
            throw new BadSetting("BERTH_PORT", text, "a port, 0 to 65535");
        }
        return Integer.parseInt(text);
    }

    private static LeaderElection election(String text) {
        return switch (text) {
            case "true" -> LeaderElection.ON;
            case "false" -> LeaderElection.OFF;
            case "auto" -> LeaderElection.AUTO;
            default -> throw new BadSetting("BERTH_LEADER_ELECTION", text, "true, false or auto");
        };
    }

    /** An environment variable has an invalid value. The message says what it should be. */
    static final class BadSetting extends IllegalArgumentException {
        BadSetting(String name, String value, String expected) {
            super("the environment variable " + name + " is \"" + value + "\"; it should be " + expected);
        }
    }
}
