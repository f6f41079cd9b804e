package dev.berth.registry.command.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.command.console.Columns;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.command.console.ProgressUnit;
import dev.berth.registry.engine.Printable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `berth-registry engine images`. */
@Command(
        name = "images",
        description = "Lists the images that Docker has.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:the images are listed", EngineExit.FAILED, ExitCodes.USAGE, EngineExit.AWAY},
        footerHeading = "%nExamples:%n",
        footer = {"  berth-registry engine images", "  berth-registry engine --context production images --json"})
final class Images implements Callable<Integer> {
    private static final int ID_LENGTH = 12;

    @Mixin
    private final Session session = new Session();

    @Option(names = "--json", description = "Print the list as the Engine API has it.")
    private boolean json;

    @Override
    public Integer call() {
        return session.with(engine -> {
            var images = engine.images().list();
            if (json) {
                session.print(images);
            } else {
                Columns.lines(rows(images)).forEach(session.out()::println);
            }
            return 0;
        });
    }

    /** A row for each name of an image; an image without a name has one row. */
    private static List<List<String>> rows(JsonNode images) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("IMAGE", "ID", "CREATED", "SIZE"));
        for (var image : images) {
            var names = new ArrayList<String>();
            image.path("RepoTags").forEach(name -> names.add(Printable.of(name.asText())));
            for (var name : names.isEmpty() ? List.of("<none>") : names) {
                rows.add(List.of(
                        name,
                        id(image.path("Id").asText()),
                        Instant.ofEpochSecond(image.path("Created").asLong()).toString(),
                        ProgressUnit.BYTES.text(image.path("Size").asLong())));
            }
        }
        return rows;
    }

    private static String id(String digest) {
        var hex = Printable.of(digest).replaceFirst("^sha256:", "");
        return hex.length() <= ID_LENGTH ? hex : hex.substring(0, ID_LENGTH);
    }
}
