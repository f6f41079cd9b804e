package dev.berth.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.operator.OperatorSettings.BadSetting;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator as a process. Logback reads its settings when the first logger is made, so this class makes none before it knows them. */
public final class OperatorProcess {
    private static final String CONFIG = "--config";

    private OperatorProcess() {}

    public static void main(String[] args) {
        var arguments = List.of(args);
        if (arguments.equals(List.of("--help"))) {
            printHelp();
            return;
        }
        var file = file(arguments);
        if (!arguments.isEmpty() && file.isEmpty()) {
            log().error("the operator takes no arguments but --config=FILE, and --help, which shows its settings");
            System.exit(2);
        }
        keepFewConnections();
        try {
            var sources = new SettingSources(System.getenv(), file.map(SettingsFile::read));
            LogFormat.use(sources);
            var settings = OperatorSettings.from(sources);
            sources.overridden().forEach(sentence -> log().warn("{}", sentence));
            var operator = BerthOperator.start(settings, new ConfigBuilder().build());
            Runtime.getRuntime().addShutdownHook(new Thread(operator::close, "shutdown"));
        } catch (BadSetting | CannotStart reason) {
            log().error("{}", reason.getMessage());
            System.exit(1);
        }
    }

    /** The FILE of `--config=FILE` or `--config FILE`; empty for other arguments. */
    private static Optional<Path> file(List<String> arguments) {
        var path = switch (arguments.size()) {
            case 1 ->
                arguments.getFirst().startsWith(CONFIG + "=")
                        ? arguments.getFirst().substring(CONFIG.length() + 1)
                        : "";
            case 2 -> arguments.getFirst().equals(CONFIG) ? arguments.getLast() : "";
            default -> "";
        };
        return Optional.of(path).filter(text -> !text.isEmpty()).map(Path::of);
    }

    private static void printHelp() {
        try (var output = new PrintWriter(new FileOutputStream(FileDescriptor.out), false, UTF_8)) {
            output.print(OperatorVariable.help());
        }
    }

    /**
     * Limits the idle connections of the JDK's HTTP client. It keeps each for half a minute with buffers of 32 KiB,
     * and there is one to every node agent and to every server. It reads this property at its first use.
     */
    private static void keepFewConnections() {
        System.setProperty("jdk.httpclient.connectionPoolSize", "32");
    }

    private static Logger log() {
        return LoggerFactory.getLogger(OperatorProcess.class);
    }
}
