package dev.berth.registry.command;

import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.Output;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.transfer.ImportSummary;
import dev.berth.registry.transfer.layout.ImageLayout;
import dev.berth.registry.transfer.layout.LoadLayout;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `berth-registry load`: loads images from an image layout. */
@Command(
        name = "load",
        description = {
            "Loads the images of an OCI image layout, which is a folder or a tar from `export`, skopeo or buildah.",
            "The command copies blobs and compares their digests. It does not read stored blobs again. The server must not run at the same time."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            Outcome.DONE,
            "1:nothing could be done: the layout or the data folder can't be used",
            ExitCodes.USAGE,
            Outcome.PARTLY
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry load --data /srv/registry /backup/images",
            "  berth-registry load --data /srv/registry web.tar",
            "  berth-registry load --data /srv/registry --mirrored /media/usb/images",
            "  skopeo copy --all docker://docker.io/library/nginx:1.27 oci:nginx:1.27",
            "  berth-registry load --data /srv/registry --repository library/nginx nginx"
        })
final class Load implements Callable<Integer> {
    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--repository",
            paramLabel = "NAME",
            description =
                    "Repository to load the images into (default: the part before the colon in their names in the layout)."
                            + " Other tools often write only a tag as the name.")
    private @Nullable RepositoryName repository;

    @ArgGroup
    private final Existing existing = new Existing();

    /** Options for tags that are already here and name another image. Without an option, they stay. */
    static final class Existing {
        @Option(
                names = "--overwrite",
                description =
                        "Move tags that are already here and name another image (default: they stay, and are printed).")
        private boolean overwrite;

        @Option(
                names = "--mirrored",
                description =
                        "Load the images as a mirror would store them: move existing tags, except tags that somebody has pushed here, and"
                                + " accept that platforms are missing.")
        private boolean mirrored;
    }

    @Parameters(paramLabel = "LAYOUT", description = "Folder with oci-layout, index.json and blobs/, or a tar of it.")
    private Path place = Path.of("");

    @Override
    public Integer call() {
        var reporter = new TransferReporter(output);
        return new Outcome(run(reporter), reporter.problems()).tell(output, "Loaded");
    }

    private ImportSummary run(TransferReporter reporter) {
        try (var layout = ImageLayout.find(place);
                var stores = data.open();
                reporter) {
            var load = new LoadLayout(stores, layout, reporter, Clock.systemUTC());
            var name = Optional.ofNullable(repository);
            if (existing.mirrored) {
                return load.runMirrored(name);
            }
            return existing.overwrite ? load.runOverwriting(name) : load.run(name);
        }
    }
}
