package dev.berth.registry.command.engine;

import dev.berth.registry.BerthVersion;
import dev.berth.registry.command.console.Columns;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.engine.ApiVersion;
import dev.berth.registry.engine.Printable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `berth-registry engine version`. */
@Command(
        name = "version",
        description = "Shows the versions of Docker and its API, and the one that Berth and Docker have agreed on.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:Docker answers", EngineExit.FAILED, ExitCodes.USAGE, EngineExit.AWAY},
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry engine version",
            "  DOCKER_HOST=tcp://10.0.0.5:2375 berth-registry engine version --json"
        })
final class Version implements Callable<Integer> {
    @Mixin
    private final Session session = new Session();

    @Option(names = "--json", description = "Print what Docker says, as the Engine API has it.")
    private boolean json;

    @Override
    public Integer call() {
        return session.with(engine -> {
            var version = engine.version();
            if (json) {
                session.print(version);
                return 0;
            }
            show("Berth", BerthVersion.current() + ", API " + ApiVersion.LOWEST + " to " + ApiVersion.HIGHEST);
            show(
                    "Docker",
                    Printable.of(version.path("Version").asText()) + ", API "
                            + Printable.of(version.path("MinAPIVersion").asText()) + " to "
                            + Printable.of(version.path("ApiVersion").asText()) + ", at " + engine.address());
            show("Agreed on", "API " + engine.apiVersion());
            return 0;
        });
    }

    private void show(String label, String value) {
        session.out().println(Columns.labelled(label, value));
    }
}
