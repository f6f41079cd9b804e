package dev.berth.registry.command;

import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.Output;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.command.console.Progress;
import dev.berth.registry.command.console.ProgressUnit;
import dev.berth.registry.maintenance.Checked;
import dev.berth.registry.maintenance.Checking;
import dev.berth.registry.maintenance.JsonRecords;
import dev.berth.registry.reference.ByteSize;
import dev.berth.registry.reference.Count;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `berth-registry check`: compares everything that is stored with its digests and its references. */
@Command(
        name = "check",
        description = {
            "Checks all stored data: the database, the digest of every blob, every manifest and what it names, and every file.",
            "If a server runs, it checks its own data, slowly enough not to disturb pushes and pulls."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:everything is right, or was repaired",
            "1:the data can't be read, or the server failed",
            ExitCodes.USAGE,
            "3:there are problems, which were printed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry check --data /srv/registry",
            "  berth-registry check --data /srv/registry --repair --rate 20"
        })
final class CheckData implements Callable<Integer> {
    private static final long MEBI = 1024 * 1024;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--repair",
            description = "Remove what is provably wrong, so that clients push it again. Moves bytes to lost+found and"
                    + " never deletes them.")
    private boolean repair;

    @Option(
            names = "--rate",
            paramLabel = "MIB",
            description =
                    "Read at most this many MiB per second (default: 64 while the server runs, otherwise no limit).")
    private @Nullable Integer rate;

    @Override
    public Integer call() {
        try (var upkeep = repair ? Upkeep.of(data.settings()) : Upkeep.toRead(data.settings())) {
            var checked = check(upkeep);
            if (output.isJson()) {
                output.out().println(JsonRecords.text(checked));
            } else {
                checked.problems().forEach(output.out()::println);
                output.out().println(sentence(checked));
            }
            return checked.isClean() ? 0 : ExitCodes.INCOMPLETE;
        }
    }

    private Checked check(Upkeep upkeep) {
        var bytesPerSecond = rate == null ? OptionalLong.empty() : OptionalLong.of(Math.max(1, rate) * MEBI);
        try (var progress = new Stages(output)) {
            return upkeep.check(repair, bytesPerSecond, progress::reach);
        }
    }

    private static String sentence(Checked checked) {
        return "%s: %s (%s), %s and %s checked%s"
                .formatted(
                        checked.found() == 0 ? "Everything is right" : Count.of(checked.found(), "problem"),
                        Count.of(checked.blobs(), "blob"),
                        ByteSize.text(checked.bytes()),
                        Count.of(checked.manifests(), "manifest"),
                        Count.of(checked.files(), "file"),
                        checked.repaired() == 0 ? "." : "; " + checked.repaired() + " repaired.");
    }

    /** Shows the progress of each stage, one after the other. */
    private static final class Stages implements AutoCloseable {
        private final Output output;
        private String stage = "";
        private @Nullable Progress progress;

        Stages(Output output) {
            this.output = output;
        }

        void reach(Checking checking) {
            if (progress == null || !checking.stage().equals(stage)) {
                close();
                stage = checking.stage();
                var unit = stage.equals("blobs") ? ProgressUnit.BYTES : ProgressUnit.ITEMS;
                progress = output.progress("Checking " + stage, unit);
            }
            progress.of(checking.total()).reach(checking.done());
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
            }
        }
    }
}
