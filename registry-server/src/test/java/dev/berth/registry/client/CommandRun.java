package dev.berth.registry.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of somebody else, run to its end: what it printed on both streams, and its exit code. */
public record CommandRun(List<String> command, int exitCode, String output) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    public static CommandRun of(Map<String, String> environment, List<String> command) {
        return of(environment, PATIENCE, command);
    }

    /** The same with more patience, for what builds something first. */
    public static CommandRun of(Map<String, String> environment, Duration patience, List<String> command) {
        try {
            var output = Files.createTempFile("client", ".log");
            try {
                return run(environment, patience, command, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(command.getFirst() + " can't be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public boolean succeeded() {
        return exitCode == 0;
    }

    /** The last line that isn't empty: what a program answers. */
    public String answer() {
        return output.lines().filter(line -> !line.isBlank()).reduce("", (_, line) -> line.strip());
    }

    /** Its output, if it succeeded. */
    public CommandRun orFail() {
        if (!succeeded()) {
            throw new AssertionError(this);
        }
        return this;
    }

    /** What it answered; a test without that isn't run, and says why. */
    String orSkip(String test, String needed) {
        if (!succeeded()) {
            System.out.println(test + " isn't run, since " + needed + " can't be had here: " + this);
        }
        assumeTrue(succeeded(), this::toString);
        return answer();
    }

    @Override
    public String toString() {
        return String.join(" ", command) + " ended with " + exitCode + ":\n" + output;
    }

    private static CommandRun run(Map<String, String> environment, Duration patience, List<String> command, Path output)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " doesn't end: " + Files.readString(output));
        }
        return new CommandRun(command, process.exitValue(), Files.readString(output));
    }
}
