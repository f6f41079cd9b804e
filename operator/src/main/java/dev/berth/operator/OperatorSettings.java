package dev.berth.operator;

import java.util.Map;

/**
 * What the operator is told by its environment.
 *
 * @param serverImage the image that servers run (`BERTH_SERVER_IMAGE`)
 * @param namespace where the operator itself runs (`BERTH_NAMESPACE`)
 * @param nodesNamespace where the node agents run (`BERTH_NODES_NAMESPACE`)
 * @param port of `/livez`, `/readyz` and `/metrics` (`BERTH_PORT`)
 * @param leaderElection whether several operators take turns, by a Lease (`BERTH_LEADER_ELECTION`); one that is replaced
 *     before it is started again, as the Deployment in `deploy/` does, needs none and writes no Lease every few seconds
 */
public record OperatorSettings(
        String serverImage, String namespace, String nodesNamespace, int port, boolean leaderElection) {

    /**
     * Reads the environment; what is absent has its default.
     *
     * @throws BadSetting for a value that can't be used
     */
    public static OperatorSettings from(Map<String, String> environment) {
        return new OperatorSettings(
                environment.getOrDefault("BERTH_SERVER_IMAGE", "berth.dev/berth-server:0.1.0"),
                environment.getOrDefault("BERTH_NAMESPACE", "berth-system"),
                environment.getOrDefault("BERTH_NODES_NAMESPACE", "berth-nodes"),
                port(environment.getOrDefault("BERTH_PORT", "8080")),
                flag("BERTH_LEADER_ELECTION", environment.getOrDefault("BERTH_LEADER_ELECTION", "false")));
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
            throw new BadSetting("BERTH_PORT", text, "a port, 0 to 65535");
        }
        return Integer.parseInt(text);
    }

    private static boolean flag(String name, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadSetting(name, text, "true or false");
        };
    }

    /** An environment variable that can't be used, and what it should be. */
    public static final class BadSetting extends IllegalArgumentException {
        BadSetting(String name, String value, String expected) {
            super("the environment variable " + name + " is \"" + value + "\"; it should be " + expected);
        }
    }
}
