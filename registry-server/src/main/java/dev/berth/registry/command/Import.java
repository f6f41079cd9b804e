package dev.berth.registry.command;

import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.Output;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.transfer.DistributionVolume;
import dev.berth.registry.transfer.ImportSummary;
import dev.berth.registry.transfer.ImportVolume;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `berth-registry import`: imports the images of a registry:2 or registry:3. */
@Command(
        name = "import",
        description = {
            "Imports the images of a registry:2 or registry:3 (distribution) from its volume. Nothing is written to the volume.",
            "Neither registry may run meanwhile. Blobs are hard links where both are on one file system, else copies."
                    + " An import that was stopped goes on when it is run again."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            Outcome.DONE,
            "1:nothing could be done: the volume or the data folder can't be used",
            ExitCodes.USAGE,
            Outcome.PARTLY
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry import --data /srv/registry /var/lib/registry",
            "  berth-registry import --data /srv/registry /var/lib/registry --json >imported.json"
        })
final class Import implements Callable<Integer> {
    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--fast",
            description = "Don't read the blobs to compare their digests, as registry:2 doesn't when it serves them."
                    + " Manifests and small blobs are always compared; `check` can read the blobs later.")
    private boolean fast;

    @Parameters(
            paramLabel = "FOLDER",
            description = "The root directory of the registry (often /var/lib/registry), or docker/registry/v2 in it.")
    private Path source = Path.of("");

    @Override
    public Integer call() {
        var reporter = new TransferReporter(output);
        var summary = run(DistributionVolume.find(source), reporter);
        return new Outcome(summary, reporter.problems()).tell(output);
    }

    private ImportSummary run(DistributionVolume volume, TransferReporter reporter) {
        try (var stores = data.open();
                reporter) {
            return new ImportVolume(stores, volume, reporter, !fast).run();
        }
    }
}
