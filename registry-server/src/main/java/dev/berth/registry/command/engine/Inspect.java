package dev.berth.registry.command.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.engine.DockerEngine;
import dev.berth.registry.engine.EngineException;
import dev.berth.registry.engine.EngineFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** `berth-registry engine inspect`. */
@Command(
        name = "inspect",
        description =
                "Prints what Docker knows of containers and images, as a JSON list. A name that both have means the container.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:everything is printed",
            EngineExit.FAILED,
            ExitCodes.USAGE,
            EngineExit.AWAY,
            EngineExit.MISSING
        },
        footerHeading = "%nExamples:%n",
        footer = {"  berth-registry engine inspect web", "  berth-registry engine inspect apps.team-a.svc/web:1"})
final class Inspect implements Callable<Integer> {
    @Mixin
    private final Session session = new Session();

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME",
            description = "Name of a container or an image, or the beginning of its id.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() {
        var all = JsonNodeFactory.instance.arrayNode();
        var code = session.withEach(names, (engine, name) -> all.add(inspect(engine, name)));
        if (!all.isEmpty()) {
            session.print(all);
        }
        return code;
    }

    private static JsonNode inspect(DockerEngine engine, String name) {
        try {
            return engine.containers().inspect(name);
        } catch (EngineException e) {
            if (e.failure() instanceof EngineFailure.ContainerMissing) {
                return engine.images().inspect(name);
            }
            throw e;
        }
    }
}
