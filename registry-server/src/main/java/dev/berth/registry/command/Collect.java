package dev.berth.registry.command;

import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.Output;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.command.console.ProgressUnit;
import dev.berth.registry.maintenance.Collected;
import dev.berth.registry.maintenance.JsonRecords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `berth-registry collect`: frees what no image needs. */
@Command(
        name = "collect",
        description = {
            "Frees what nothing needs: blobs that no image refers to, expired uploads, empty repositories and, if the configuration says so,"
                    + " untagged images.",
            "A running server collects its own data when this command asks it to; pushes and pulls go on."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:it is done", "1:the data can't be used, or the server failed", ExitCodes.USAGE},
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry collect --data /srv/registry --dry-run",
            "  kubectl exec apps-0 -- /opt/java/bin/java -jar /opt/berth/berth-registry.jar collect --config /etc/berth/config/config.yaml"
        })
final class Collect implements Runnable {
    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final Output output = new Output();

    @Option(names = "--dry-run", description = "Only say what would be freed.")
    private boolean dryRun;

    @Override
    public void run() {
        try (var upkeep = dryRun ? Upkeep.toRead(data.settings()) : Upkeep.of(data.settings())) {
            var collected = dryRun ? upkeep.forecast() : collect(upkeep);
            output.out().println(output.isJson() ? JsonRecords.text(collected) : sentence(collected));
        }
    }

    private Collected collect(Upkeep upkeep) {
        try (var progress = output.progress("Collecting, freed", ProgressUnit.BYTES)) {
            return upkeep.collect(collected -> progress.reach(collected.bytes()));
        }
    }

    private String sentence(Collected collected) {
        return "%s %s in %s; %s of untagged images, %s of repositories, %s that were left half-done."
                .formatted(
                        dryRun ? "Would free" : "Freed",
                        ProgressUnit.BYTES.text(collected.bytes()),
                        count(collected.blobs(), "blob"),
                        count(collected.manifests(), "manifest"),
                        count(collected.repositories(), "name"),
                        count(collected.uploads(), "upload"));
    }

    private static String count(long number, String what) {
        return ProgressUnit.ITEMS.text(number) + " " + what + (number == 1 ? "" : "s");
    }
}
