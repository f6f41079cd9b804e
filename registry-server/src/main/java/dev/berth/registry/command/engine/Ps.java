package dev.berth.registry.command.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.command.console.Columns;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.engine.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `berth-registry engine ps`. */
@Command(
        name = "ps",
        description = "Lists the containers that run.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:the containers are listed", EngineExit.FAILED, ExitCodes.USAGE, EngineExit.AWAY},
        footerHeading = "%nExamples:%n",
        footer = {"  berth-registry engine ps", "  berth-registry engine ps --all --json"})
final class Ps implements Callable<Integer> {
    private static final int ID_LENGTH = 12;
    private static final int COMMAND_LENGTH = 30;

    @Mixin
    private final Session session = new Session();

    @Option(
            names = {"-a", "--all"},
            description = "List those that have ended, too.")
    private boolean all;

    @Option(names = "--json", description = "Print the list as the Engine API has it.")
    private boolean json;

    @Override
    public Integer call() {
        return session.with(engine -> {
            var containers = engine.containers().list(all);
            if (json) {
                session.print(containers);
            } else {
                Columns.lines(rows(containers)).forEach(session.out()::println);
            }
            return 0;
        });
    }

    private static List<List<String>> rows(JsonNode containers) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("CONTAINER ID", "IMAGE", "COMMAND", "STATUS", "PORTS", "NAMES"));
        containers.forEach(container -> rows.add(List.of(
                shortened(container.path("Id").asText(), ID_LENGTH),
                Printable.of(container.path("Image").asText()),
                shortened(container.path("Command").asText(), COMMAND_LENGTH),
                Printable.of(container.path("Status").asText()),
                each(container.path("Ports"), Ps::port),
                each(container.path("Names"), name -> Printable.of(name.asText().replaceFirst("^/", ""))))));
        return rows;
    }

    private static String shortened(String text, int longest) {
        var printable = Printable.of(text);
        return printable.length() <= longest ? printable : printable.substring(0, longest);
    }

    private static String each(JsonNode list, Function<JsonNode, String> text) {
        return StreamSupport.stream(list.spliterator(), false).map(text).collect(Collectors.joining(", "));
    }

    /** Such as `0.0.0.0:8080->80/tcp`. */
    private static String port(JsonNode port) {
        var inside = port.path("PrivatePort").asText() + "/"
                + Printable.of(port.path("Type").asText());
        return port.has("PublicPort")
                ? Printable.of(port.path("IP").asText()) + ":"
                        + port.path("PublicPort").asText() + "->" + inside
                : inside;
    }
}
