package dev.berth.registry.command.engine;

import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `berth-registry engine stop`. */
@Command(
        name = "stop",
        description = "Asks containers to end, and kills those that do not in time.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the containers have ended",
            EngineExit.FAILED,
            ExitCodes.USAGE,
            EngineExit.AWAY,
            EngineExit.MISSING
        },
        footerHeading = "%nExamples:%n",
        footer = {"  berth-registry engine stop web", "  berth-registry engine stop --time 60s web worker"})
final class Stop implements Callable<Integer> {
    @Mixin
    private final Session session = new Session();

    @Option(
            names = {"-t", "--time"},
            paramLabel = "DURATION",
            description = "How long to wait before a container is killed (default: 10s).")
    private Duration grace = Duration.ofSeconds(10);

    @Parameters(
            arity = "1..*",
            paramLabel = "CONTAINER",
            description = "Name of a container, or the beginning of its id.")
    private List<String> containers = new ArrayList<>();

    @Override
    public Integer call() {
        return session.withEach(containers, (engine, container) -> {
            engine.containers().stop(container, grace);
            session.out().println(container);
        });
    }
}
