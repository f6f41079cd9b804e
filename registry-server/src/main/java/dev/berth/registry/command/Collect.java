package dev.berth.registry.command;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.Output;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.command.console.ProgressUnit;
import dev.berth.registry.maintenance.Collected;
import dev.berth.registry.maintenance.JsonRecords;
import dev.berth.registry.maintenance.Waiting;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `berth-registry collect`: frees what no image needs. */
@Command(
        name = "collect",
        description = {
            "Frees the space of data that no image needs: blobs, expired uploads, empty repositories and, if the configuration says so, untagged"
                    + " images.",
            "Such data waits before it is freed: blobs and uploads for a day by default, untagged images as the configuration says."
                    + " The command says how much waits, and until when.",
            "If a server runs, it does this itself, while pushes and pulls go on."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:the collection is done", "1:the data can't be used, or the server failed", ExitCodes.USAGE},
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry collect --data /srv/registry --dry-run",
            "  berth-registry collect --data /srv/registry --older-than 1h",
            "  kubectl exec apps-0 -- /opt/java/bin/java -jar /opt/berth/berth-registry.jar collect --config /etc/berth/config/config.yaml"
        })
final class Collect implements Runnable {
    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final Output output = new Output();

    @Option(names = "--dry-run", description = "Only show what would be freed.")
    private boolean dryRun;

    @Option(
            names = "--older-than",
            paramLabel = "DURATION",
            description =
                    "Also free what has waited for this long, such as 1h, although the configuration keeps it for longer. No image is"
                            + " lost, but a push or a sync of a mirror that takes longer than this may have to upload blobs again.")
    private @Nullable Duration olderThan;

    /** The answer for scripts. */
    private record Result(@JsonUnwrapped Collected collected, Waiting waiting) {}

    @Override
    public void run() {
        try (var upkeep = dryRun ? Upkeep.toRead(data.settings()) : Upkeep.of(data.settings())) {
            var age = Optional.ofNullable(olderThan);
            var collected = dryRun ? upkeep.forecast(age) : collect(upkeep, age);
            var waiting = upkeep.waiting();
            if (output.isJson()) {
                output.out().println(JsonRecords.text(new Result(collected, waiting)));
            } else {
                print(collected, waiting);
            }
        }
    }

    private Collected collect(Upkeep upkeep, Optional<Duration> age) {
        try (var progress = output.progress("Collecting, freed", ProgressUnit.BYTES)) {
            return upkeep.collect(age, collected -> progress.reach(collected.bytes()));
        }
    }

    private void print(Collected collected, Waiting waiting) {
        output.out().println((dryRun ? "Would free " : "Freed ") + collected.words() + ".");
        new WaitingText(waiting, ZoneId.systemDefault()).sentences().forEach(output.out()::println);
        if (waiting.endsLater() && olderThan == null) {
            output.out().println("`collect --older-than 1h` frees now what has waited for an hour.");
        }
    }
}
