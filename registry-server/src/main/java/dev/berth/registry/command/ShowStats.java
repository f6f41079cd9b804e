package dev.berth.registry.command;

import dev.berth.registry.command.console.Columns;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.command.console.ProgressUnit;
import dev.berth.registry.maintenance.JsonRecords;
import dev.berth.registry.maintenance.Stats;
import dev.berth.registry.reference.ByteSize;
import dev.berth.registry.reference.Count;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `berth-registry stats`: shows how much is stored, and where. */
@Command(
        name = "stats",
        description = "Shows how much is stored, which repositories are largest, and what `collect` would free.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:the figures are printed", "1:the data can't be used, or the server failed", ExitCodes.USAGE},
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry stats --data /srv/registry",
            "  berth-registry stats --data /srv/registry --repositories 100 --json"
        })
final class ShowStats implements Runnable {
    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(
            names = "--repositories",
            paramLabel = "N",
            defaultValue = "20",
            description = "Number of repositories to list, the largest first (default: 20).")
    private int repositories;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public void run() {
        try (var upkeep = Upkeep.toRead(data.settings())) {
            var stats = upkeep.stats(repositories);
            var out = Objects.requireNonNull(command).commandLine().getOut();
            if (json) {
                out.println(JsonRecords.text(stats));
            } else {
                print(stats, out);
            }
        }
    }

    private static void print(Stats stats, PrintWriter out) {
        row(out, "stored", ByteSize.text(stats.blobBytes()) + " in " + Count.of(stats.blobs(), "blob"));
        row(out, "images", Count.of(stats.manifests(), "manifest") + ", " + Count.of(stats.tags(), "tag"));
        row(out, "repositories", items(stats.repositories()));
        row(out, "open uploads", items(stats.uploads()));
        row(out, "collect frees", stats.collectable().words());
        new WaitingText(stats.waiting(), ZoneId.systemDefault())
                .sentences()
                .forEach(sentence -> row(out, "waiting", sentence));
        row(out, "disk", ByteSize.text(stats.freeBytes()) + " free of " + ByteSize.text(stats.capacityBytes()));
        if (!stats.largest().isEmpty()) {
            out.printf("%n%10s %10s %10s  %s%n", "SIZE", "TAGS", "MANIFESTS", "REPOSITORY");
        }
        for (var repository : stats.largest()) {
            out.printf(
                    "%10s %10s %10s  %s%n",
                    ByteSize.text(repository.bytes()),
                    items(repository.tags()),
                    items(repository.manifests()),
                    repository.name());
        }
    }

    private static void row(PrintWriter out, String what, String value) {
        out.println(Columns.labelled(what, value));
    }

    private static String items(long number) {
        return ProgressUnit.ITEMS.text(number);
    }
}
