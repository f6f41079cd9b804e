package dev.berth.registry.command;

import dev.berth.registry.access.RepositoryGlob;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.Output;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.transfer.layout.ExportLayout;
import dev.berth.registry.transfer.layout.ExportSummary;
import dev.berth.registry.transfer.layout.LayoutTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** `berth-registry export`: writes repositories to an image layout. */
@Command(
        name = "export",
        description = {
            "Writes repositories to a folder or a tar, as an OCI image layout that skopeo, podman and other tools can read. The layout has all tags,"
                    + " images without a tag, signatures and other referrers.",
            "A second export to the same folder writes only new blobs. A tar is always written completely. Run the command again to continue an"
                    + " interrupted export. The server may run at the same time."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:everything is written",
            "1:nothing could be done: the data folder or the target can't be used",
            ExitCodes.USAGE,
            Outcome.PARTLY,
            "4:a pattern matches no repository here, and was printed; everything else is written"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry export --data /srv/registry /backup/images",
            "  berth-registry export --data /srv/registry web.tar team/web",
            "  berth-registry export --data /srv/registry /media/usb/images 'docker.io/**'",
            "  skopeo copy oci-archive:web.tar:team/web:1 docker://registry.example/team/web:1"
        })
final class Export implements Callable<Integer> {
    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final Output output = new Output();

    @Parameters(
            index = "0",
            paramLabel = "TARGET",
            description =
                    "Folder to write to, or a file whose name ends with .tar. The command creates it if it does not exist.")
    private Path place = Path.of("");

    @Parameters(
            index = "1..*",
            paramLabel = "REPOSITORY",
            description =
                    "Repositories to write (default: all). In a name, * matches anything within one part, and ** matches any number of parts. The"
                            + " folder keeps its other repositories. Its index loses those that match and no longer exist here."
                            + " A pattern that no repository here matches changes nothing.")
    private List<String> repositories = List.of();

    @Override
    public Integer call() {
        // Names are parsed first, so that a wrong one opens and creates nothing.
        repositories.stream().filter(text -> !isPattern(text)).forEach(this::requireName);
        return run(new TransferReporter(output)).tell(output, "Exported");
    }

    private Outcome run(TransferReporter reporter) {
        try (var stores = data.openToRead();
                reporter) {
            var unmatched = unmatched(stores);
            var summary = run(stores, unmatched, reporter);
            return new Outcome(summary, reporter.problems(), unmatched);
        }
    }

    /** The patterns that no repository matches. */
    private List<String> unmatched(Stores stores) {
        return repositories.stream()
                .filter(Export::isPattern)
                .filter(text -> matching(stores, text).isEmpty())
                .toList();
    }

    /** A pattern that nothing matches changes nothing in the target: its images may be missing here by mistake. */
    private ExportSummary run(Stores stores, List<String> unmatched, TransferReporter reporter) {
        var wanted =
                repositories.stream().filter(text -> !unmatched.contains(text)).toList();
        if (wanted.isEmpty() && !unmatched.isEmpty()) {
            return ExportSummary.NOTHING;
        }
        var names = wanted.stream()
                .flatMap(
                        text -> isPattern(text) ? matching(stores, text).stream() : Stream.of(new RepositoryName(text)))
                .distinct()
                .toList();
        var patterns = wanted.stream().map(RepositoryGlob::new).toList();
        try (var target = LayoutTarget.of(place)) {
            var export = new ExportLayout(stores, target, reporter);
            return names.isEmpty()
                    ? export.run(List.of())
                    : export.run(names, name -> patterns.stream().anyMatch(glob -> glob.matches(name.value())));
        }
    }

    private static boolean isPattern(String text) {
        return text.indexOf('*') >= 0;
    }

    private static List<RepositoryName> matching(Stores stores, String pattern) {
        var glob = new RepositoryGlob(pattern);
        return ExportLayout.repositories(stores).stream()
                .filter(name -> glob.matches(name.value()))
                .toList();
    }

    /** picocli's own conversion would report a wrong name in a list as an unmatched argument. */
    private void requireName(String text) {
        try {
            var _ = new RepositoryName(text);
        } catch (InvalidReference e) {
            throw output.refusal(String.valueOf(e.getMessage()));
        }
    }
}
