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

/** `berth-registry engine rmi`. */
@Command(
        name = "rmi",
        description = "Removes names of images, and an image with its last name.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the names are removed",
            EngineExit.FAILED,
            ExitCodes.USAGE,
            EngineExit.AWAY,
            EngineExit.MISSING
        },
        footerHeading = "%nExamples:%n",
        footer = "  berth-registry engine rmi apps.team-a.svc/web:1")
final class Rmi implements Callable<Integer> {
    @Mixin
    private final Session session = new Session();

    @Option(
            names = {"-f", "--force"},
            description = "Remove an image also if a container that has ended was made from it.")
    private boolean force;

    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Name of an image, or the beginning of its id.")
    private List<String> images = new ArrayList<>();

    @Override
    public Integer call() {
        return session.withEach(
                images, (engine, image) -> engine.images().remove(image, force).forEach(session.out()::println));
    }
}
