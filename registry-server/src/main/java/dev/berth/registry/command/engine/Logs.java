package dev.berth.registry.command.engine;

import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.engine.Containers.LogRange;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `berth-registry engine logs`. */
@Command(
        name = "logs",
        description =
                "Shows what a container has printed: its output on standard output, its errors on standard error.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the log is shown to its end",
            EngineExit.FAILED,
            ExitCodes.USAGE,
            EngineExit.AWAY,
            EngineExit.MISSING
        },
        footerHeading = "%nExamples:%n",
        footer = {"  berth-registry engine logs web", "  berth-registry engine logs -f --tail 20 web"})
final class Logs implements Callable<Integer> {
    private static final Duration ANY_TIME = Duration.ofDays(3650);

    @Mixin
    private final Session session = new Session();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what the container prints later, until it ends.")
    private boolean follow;

    @Option(
            names = {"-n", "--tail"},
            paramLabel = "LINES",
            description = "Only so many of the last lines (default: all).")
    private @Nullable Integer tail;

    @Option(
            names = {"-t", "--timestamps"},
            description = "Show when each line was printed.")
    private boolean timestamps;

    @Parameters(paramLabel = "CONTAINER", description = "Name of the container, or the beginning of its id.")
    private String container = "";

    @Override
    public Integer call() {
        return session.with(engine -> {
            var silence = follow ? ANY_TIME : LogRange.UNTIL_NOW.silence();
            var range = new LogRange(follow, Optional.ofNullable(tail), timestamps, silence);
            engine.containers().logs(container, range, System.out, System.err);
            return 0;
        });
    }
}
