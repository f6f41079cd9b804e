package dev.berth.registry.command.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.command.console.Columns;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.command.console.ProgressUnit;
import dev.berth.registry.engine.Printable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `berth-registry engine info`. */
@Command(
        name = "info",
        description = "Shows what Docker says of itself and its machine.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:Docker answers", EngineExit.FAILED, ExitCodes.USAGE, EngineExit.AWAY},
        footerHeading = "%nExamples:%n",
        footer = {"  berth-registry engine info", "  berth-registry engine -H tcp://10.0.0.5:2375 info --json"})
final class ShowInfo implements Callable<Integer> {
    @Mixin
    private final Session session = new Session();

    @Option(names = "--json", description = "Print everything, as the Engine API has it.")
    private boolean json;

    @Override
    public Integer call() {
        return session.with(engine -> {
            var info = engine.info();
            if (json) {
                session.print(info);
            } else {
                show("Engine", engine.address().toString());
                show("Name", text(info, "Name"));
                show("Version", text(info, "ServerVersion"));
                show("System", text(info, "OperatingSystem") + ", " + text(info, "Architecture"));
                show("Kernel", text(info, "KernelVersion"));
                show("Processors", text(info, "NCPU"));
                show("Memory", ProgressUnit.BYTES.text(info.path("MemTotal").asLong()));
                show("Folder", text(info, "DockerRootDir") + " (" + text(info, "Driver") + ")");
                show("Containers", text(info, "Containers") + ", of which " + text(info, "ContainersRunning") + " run");
                show("Images", text(info, "Images"));
            }
            return 0;
        });
    }

    private void show(String label, String value) {
        session.out().println(Columns.labelled(label, value));
    }

    private static String text(JsonNode info, String key) {
        return Printable.of(info.path(key).asText());
    }
}
