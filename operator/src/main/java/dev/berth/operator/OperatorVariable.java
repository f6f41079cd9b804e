package dev.berth.operator;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A setting of the operator: an environment variable, whose name is the constant's, and a key of the settings file. */
enum OperatorVariable {
    BERTH_SERVER_IMAGE("berth.dev/berth-server:0.1.0", "The image that the servers of Registries run."),
    BERTH_NAMESPACE("berth-system", "The namespace of the operator."),
    BERTH_WATCH_NAMESPACES(
            "",
            "The namespaces that the operator is limited to, separated by commas. Empty: all namespaces of the cluster."),
    BERTH_NODES_NAMESPACE("berth-nodes", "The namespace of the node agents."),
    BERTH_DEPLOYMENT("", "The Deployment that the operator is a replica of. Empty outside a cluster."),
    BERTH_LEADER_ELECTION(
            "auto",
            "Whether several operators elect a leader by a Lease: true, false, or auto, which is true if the Deployment has several replicas."),
    BERTH_PORT("8080", "The port of /livez, /readyz and /metrics. 0 is any free port."),
    BERTH_LOG_FORMAT("text", "The format of the log on standard output: text, or json with one object a line."),
    BERTH_LOG_LEVEL("INFO", "The least level that is logged: ERROR, WARN, INFO, DEBUG or TRACE."),
    BERTH_SDK_LOG_LEVEL("WARN", "The same for the Java Operator SDK, which runs the reconcilers.");

    private final String byDefault;
    private final String meaning;

    OperatorVariable(String byDefault, String meaning) {
        this.byDefault = byDefault;
        this.meaning = meaning;
    }

    String byDefault() {
        return byDefault;
    }

    /** Its key in the settings file: `serverImage` for `BERTH_SERVER_IMAGE`. */
    String key() {
        var words = name().split("_");
        return words[1].toLowerCase(Locale.ROOT)
                + Arrays.stream(words)
                        .skip(2)
                        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining());
    }

    /** Its row in the reference. */
    String row() {
        return "| `%s` | `%s` | %s | %s |"
                .formatted(name(), key(), byDefault.isEmpty() ? "" : "`" + byDefault + "`", meaning);
    }

    /** The text that `--help` prints. */
    static String help() {
        return """
                Berth's operator turns each Registry of a cluster into a running registry. It finds the cluster as kubectl does, or by its service
                account.

                  --config=FILE   reads settings from a YAML file, by the keys in brackets below
                  --help          prints this text

                It reads these environment variables, which override the file:

                """ + Arrays.stream(values()).map(OperatorVariable::paragraph).collect(Collectors.joining("\n"));
    }

    private String paragraph() {
        return "  %s%s [%s]%n      %s%n".formatted(name(), byDefault.isEmpty() ? "" : "=" + byDefault, key(), meaning);
    }
}
