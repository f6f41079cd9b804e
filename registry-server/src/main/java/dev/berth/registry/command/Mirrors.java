package dev.berth.registry.command;

import dev.berth.protocol.status.MirrorReport;
import dev.berth.registry.command.console.Columns;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.maintenance.JsonRecords;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `berth-registry mirrors`: shows how the mirrors of a running server are. */
@Command(
        name = "mirrors",
        description =
                "Shows the mirrors of the running server: what each holds, when it copied and copies next, and what failed last.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        subcommands = MirrorsSync.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:the mirrors are shown", "1:no server answers", ExitCodes.USAGE},
        footerHeading = "%nExamples:%n",
        footer = {"  berth-registry mirrors", "  berth-registry mirrors --config /etc/berth/registry.yaml --json"})
final class Mirrors implements Runnable {
    private static final String NOTHING = "-";

    @Mixin
    private final ManagementOptions options = new ManagementOptions();

    @Option(names = "--json", description = "Print the mirrors as a JSON list, as `/status` has them.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public void run() {
        var out = Objects.requireNonNull(command).commandLine().getOut();
        try (var server = options.server()) {
            var mirrors = server.report().mirrors();
            if (json) {
                out.println(JsonRecords.text(mirrors));
            } else if (mirrors.isEmpty()) {
                out.println("The server has no mirrors.");
            } else {
                print(mirrors, out);
            }
        }
    }

    private static void print(List<MirrorReport> mirrors, PrintWriter out) {
        var header = List.of("NAME", "UPSTREAM", "MODE", "TAGS", "LAST SYNC", "NEXT", "FAILURE");
        var rows = Stream.concat(Stream.of(header), mirrors.stream().map(Mirrors::row));
        Columns.lines(rows.toList()).forEach(out::println);
    }

    private static List<String> row(MirrorReport mirror) {
        return List.of(
                mirror.name(),
                mirror.upstream(),
                mirror.mode() + (mirror.paused() ? ", paused" : ""),
                tags(mirror),
                mirror.sync().map(Mirrors::last).orElse(NOTHING),
                mirror.sync()
                        .flatMap(MirrorReport.Sync::next)
                        .map(Mirrors::time)
                        .orElse(NOTHING),
                failure(mirror));
    }

    /** Of a scheduled mirror also how many tags the last sync wanted. */
    private static String tags(MirrorReport mirror) {
        return mirror.sync()
                .map(sync -> sync.done() + " of " + sync.total())
                .or(() -> mirror.counts().map(counts -> Long.toString(counts.tags())))
                .orElse(NOTHING);
    }

    private static String last(MirrorReport.Sync sync) {
        return sync.running()
                ? "running"
                : sync.lastSuccess().map(Mirrors::time).orElse("never complete");
    }

    /** A time without fractions of a second. */
    private static String time(String text) {
        try {
            return Instant.parse(text).truncatedTo(ChronoUnit.SECONDS).toString();
        } catch (DateTimeParseException e) {
            return text;
        }
    }

    private static String failure(MirrorReport mirror) {
        if (!mirror.message().isEmpty()) {
            return mirror.message();
        }
        var failures = mirror.failures();
        return failures.isEmpty()
                ? NOTHING
                : failures.getFirst().image() + ": " + failures.getFirst().message()
                        + (failures.size() > 1 ? " (and " + (failures.size() - 1) + " more)" : "");
    }
}
