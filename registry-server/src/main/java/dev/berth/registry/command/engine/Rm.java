package dev.berth.registry.command.engine;

import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `berth-registry engine rm`. */
@Command(
        name = "rm",
        description = "Removes containers and the unnamed volumes that were made for them.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the containers are removed",
            EngineExit.FAILED,
            ExitCodes.USAGE,
            EngineExit.AWAY,
            EngineExit.MISSING
        },
        footerHeading = "%nExamples:%n",
        footer = {"  berth-registry engine rm web", "  berth-registry engine rm --force web worker"})
final class Rm implements Callable<Integer> {
    @Mixin
    private final Session session = new Session();

    @Option(
            names = {"-f", "--force"},
            description = "Kill a container first if it runs.")
    private boolean force;

    @Parameters(
            arity = "1..*",
            paramLabel = "CONTAINER",
            description = "Name of a container, or the beginning of its id.")
    private List<String> containers = new ArrayList<>();

    @Override
    public Integer call() {
        return session.withEach(containers, (engine, container) -> {
            engine.containers().remove(container, force);
            session.out().println(container);
        });
    }
}
