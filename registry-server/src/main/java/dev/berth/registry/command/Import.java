package dev.berth.registry.command;

import dev.berth.registry.catalog.AdoptManifests;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.Output;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.transfer.DistributionVolume;
import dev.berth.registry.transfer.DockerVolume;
import dev.berth.registry.transfer.ImportSummary;
import dev.berth.registry.transfer.ImportVolume;
import dev.berth.registry.transfer.Reporter;
import dev.berth.registry.transfer.layout.ImportLayoutTree;
import dev.berth.registry.transfer.layout.LayoutTree;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `berth-registry import`: imports the images of another registry. */
@Command(
        name = "import",
        description = {
            "Imports the images of another registry from its storage: registry:2 or registry:3 (distribution), Harbor or zot.",
            "The command writes nothing to that storage.",
            "Neither registry may run at the same time. Blobs become hard links if both folders are on one file system, otherwise copies."
                    + " Run the command again to continue an interrupted import."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            Outcome.DONE,
            "1:nothing could be done: the other registry's storage or the data folder can't be used",
            ExitCodes.USAGE,
            Outcome.PARTLY
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry import --data /srv/registry /var/lib/registry",
            "  berth-registry import --data /srv/registry --docker-volume registry-data",
            "  berth-registry import --data /srv/registry /var/lib/registry --json >imported.json"
        })
final class Import implements Callable<Integer> {
    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--fast",
            description =
                    "Do not read large blobs to compare their digests. The import always compares manifests and small blobs, and"
                            + " `check` can read the large blobs later.")
    private boolean fast;

    @Option(
            names = "--overwrite",
            description =
                    "Move tags that are already here and name another image (default: they stay, and are printed).")
    private boolean overwrite;

    @ArgGroup(multiplicity = "1")
    private final Source source = new Source();

    /** Where the images are; one of the two. */
    static final class Source {
        @Parameters(
                index = "0",
                paramLabel = "FOLDER",
                description =
                        "Storage folder of the other registry: the root directory of registry:2 or registry:3 (often"
                                + " /var/lib/registry), Harbor's data_volume (often /data), or zot's rootDirectory.")
        private @Nullable Path folder;

        @Option(
                names = "--docker-volume",
                paramLabel = "NAME",
                description = "Docker volume that has this folder. The command asks Docker where it is.")
        private @Nullable String volume;

        Path path() {
            return volume == null
                    ? Objects.requireNonNull(folder)
                    : DockerVolume.of(Optional.ofNullable(System.getenv("DOCKER_HOST")))
                            .folder(volume);
        }
    }

    @Override
    public Integer call() {
        var reporter = new TransferReporter(output);
        return new Outcome(run(source.path(), reporter), reporter.problems()).tell(output, "Imported");
    }

    private ImportSummary run(Path folder, TransferReporter reporter) {
        // Found before the data are opened, so that a wrong folder creates nothing.
        var images = images(folder, reporter);
        try (var stores = data.open();
                reporter) {
            return images.apply(stores);
        }
    }

    private Function<Stores, ImportSummary> images(Path folder, Reporter reporter) {
        var tree = DistributionVolume.isIn(folder) ? Optional.<LayoutTree>empty() : LayoutTree.find(folder);
        if (tree.isPresent()) {
            return stores ->
                    new ImportLayoutTree(stores, tree.get(), reporter, !fast, Clock.systemUTC()).run(adopt(stores));
        }
        var volume = DistributionVolume.find(folder);
        return stores -> new ImportVolume(stores, volume, reporter, !fast).run(adopt(stores));
    }

    private AdoptManifests adopt(Stores stores) {
        return overwrite ? AdoptManifests.overwriting(stores) : AdoptManifests.of(stores);
    }
}
