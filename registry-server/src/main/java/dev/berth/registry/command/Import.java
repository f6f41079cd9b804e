package dev.berth.registry.command;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.transfer.DistributionVolume;
import dev.berth.registry.transfer.ImportSummary;
import dev.berth.registry.transfer.ImportVolume;
import dev.berth.registry.transfer.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `berth-registry import`. */
@Command(
        name = "import",
        description = {
            "Takes over the images of a registry:2 or registry:3 (distribution) from its volume, which is only read.",
            "Neither registry may run meanwhile. Bytes are shared by hard links where both are on one file system, else copied."
                    + " Run it again after it was stopped: it goes on."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BerthRegistry.Version.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:all is taken over",
            "1:nothing could be done: the volume or the data folder can't be used",
            ExitCodes.USAGE,
            "3:something is left out or incomplete, and was named; all else is taken over"
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
            description =
                    "Don't read the blobs: trust that each file holds what its name says, as a registry:2 does when it"
                            + " serves it. Manifests are read and compared in any case; `check` can read the blobs later.")
    private boolean fast;

    @Parameters(
            paramLabel = "FOLDER",
            description = "The registry's root directory (often /var/lib/registry), or docker/registry/v2 in it.")
    private Path source = Path.of("");

    /** What `--json` prints. */
    private record Answer(@JsonUnwrapped ImportSummary summary, List<Problem> problems) {}

    @Override
    public Integer call() throws JsonProcessingException {
        var reporter = new TransferReporter(output);
        var summary = run(DistributionVolume.find(source), reporter);
        var problems = reporter.problems();
        output.out()
                .println(
                        output.isJson()
                                ? new ObjectMapper().writeValueAsString(new Answer(summary, problems))
                                : words(summary, problems.size()));
        return problems.isEmpty() ? 0 : ExitCodes.INCOMPLETE;
    }

    private ImportSummary run(DistributionVolume volume, TransferReporter reporter) {
        try (var catalog = data.open();
                reporter) {
            return new ImportVolume(catalog, volume, reporter, !fast).run();
        }
    }

    private static String words(ImportSummary summary, int problems) {
        var blobs = summary.blobs();
        return String.format(
                Locale.ROOT,
                "%,d repositories: %,d manifests (%,d new), %,d tags, %s in %,d blobs linked, %,d copied and %,d here before; %s",
                summary.repositories(),
                summary.manifests(),
                summary.newManifests(),
                summary.tags(),
                ProgressUnit.BYTES.text(blobs.bytes()),
                blobs.linked(),
                blobs.copied(),
                blobs.present(),
                problems == 0 ? "no problems." : problems + " problems, named above.");
    }
}
