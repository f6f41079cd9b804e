package dev.berth.registry.command.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options on what a long command prints. Its answer goes to standard output, everything else to standard error. */
public final class Output {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress, only problems and the result.")
    private boolean quiet;

    @Option(names = "--json", description = "Print the result as one JSON object on standard output, and no progress.")
    private boolean json;

    public boolean isJson() {
        return json;
    }

    /** Where the answer goes. */
    public PrintWriter out() {
        return command().commandLine().getOut();
    }

    /** Where progress and problems go. */
    public PrintWriter err() {
        return command().commandLine().getErr();
    }

    /** The exception for an argument that only the command itself can know to be wrong. */
    public ParameterException refusal(String sentence) {
        return new ParameterException(command().commandLine(), sentence);
    }

    public Progress progress(String what, ProgressUnit unit) {
        return new Progress(display(), err(), Clock.systemUTC(), what, unit);
    }

    /** How progress is to be shown. */
    public Progress.Display display() {
        if (quiet || json) {
            return Progress.Display.SILENT;
        }
        return isTerminal() ? Progress.Display.BAR : Progress.Display.LINES;
    }

    private CommandSpec command() {
        if (command == null) {
            throw new IllegalStateException("picocli sets this before a command runs");
        }
        return command;
    }

    /** Whether standard error is a terminal (proc(5), "fd"). Java can only tell for standard input and output. */
    private static boolean isTerminal() {
        try {
            var device = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
