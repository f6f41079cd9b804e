package dev.berth.registry.command;

import dev.berth.protocol.mirror.MirrorMode;
import dev.berth.protocol.status.MirrorReport;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.Output;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.command.console.ProgressUnit;
import dev.berth.registry.maintenance.JsonRecords;
import dev.berth.registry.reference.Count;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `berth-registry mirrors sync`: makes a scheduled mirror copy now. */
@Command(
        name = "sync",
        description =
                "Makes a scheduled mirror of the running server sync now, or after the sync that is running, and waits for the end.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:all selected images are here, or the sync was started with --no-wait",
            "1:no server answers, or the sync broke off",
            "2:there is no such mirror, it is not scheduled or is paused, or an option or an argument is wrong",
            "3:some images could not be copied and were printed; the server tries them again"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry mirrors sync docker.io",
            "  berth-registry mirrors sync docker.io --config /etc/berth/registry.yaml --no-wait"
        })
final class MirrorsSync implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The mirror's name, as `mirrors` shows it.")
    private String name = "";

    @Option(names = "--no-wait", description = "Start the sync and do not wait for its end.")
    private boolean noWait;

    @Mixin
    private final ManagementOptions options = new ManagementOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        try (var server = options.server()) {
            requireScheduled(server.report().mirrors());
            var mirror = noWait ? server.sync(name, false, _ -> {}) : waited(server);
            return noWait ? started(mirror) : ended(mirror);
        }
    }

    private MirrorReport waited(RunningServer server) {
        try (var progress = output.progress("Syncing " + name, ProgressUnit.ITEMS)) {
            return server.sync(name, true, sync -> progress.of(sync.total()).reach(sync.done()));
        }
    }

    private void requireScheduled(List<MirrorReport> mirrors) {
        var mirror = mirrors.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> output.refusal("There is no mirror " + name + ". " + names(mirrors)));
        if (!mirror.mode().equals(MirrorMode.SCHEDULED.toString())) {
            throw output.refusal("The mirror " + name + " is not scheduled: it fetches images when they are pulled.");
        }
        if (mirror.paused()) {
            throw output.refusal("The mirror " + name + " is paused; remove `paused: true` from its configuration.");
        }
    }

    private static String names(List<MirrorReport> mirrors) {
        return mirrors.isEmpty()
                ? "The server has no mirrors."
                : "There are: " + mirrors.stream().map(MirrorReport::name).collect(Collectors.joining(", ")) + ".";
    }

    private int started(MirrorReport mirror) {
        output.out()
                .println(
                        output.isJson()
                                ? JsonRecords.text(mirror)
                                : "The mirror " + name + " syncs now; `berth-registry mirrors` shows how far it is.");
        return 0;
    }

    private int ended(MirrorReport mirror) {
        var waiting = mirror.sync().map(MirrorReport.Sync::waiting).orElse(0L);
        if (output.isJson()) {
            output.out().println(JsonRecords.text(mirror));
        } else {
            mirror.failures().forEach(failure -> output.err().println(failure.image() + ": " + failure.message()));
            mirror.sync().map(this::sentence).ifPresent(output.out()::println);
        }
        return waiting == 0 ? 0 : ExitCodes.INCOMPLETE;
    }

    private String sentence(MirrorReport.Sync sync) {
        return "The mirror %s has %s of %s; %s were fetched.%s"
                .formatted(
                        name,
                        ProgressUnit.ITEMS.text(sync.done()),
                        Count.of(sync.total(), "tag"),
                        ProgressUnit.BYTES.text(sync.bytes()),
                        sync.waiting() == 0 ? "" : " To be tried again: " + sync.waiting() + ".");
    }
}
