package dev.berth.e2e.guide;

import dev.berth.e2e.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * One shell in which the commands of a page run one after the other, on a copy of this machine that is thrown away. `e2e/bin/throwaway-shell` says
 * what the commands find there.
 */
public final class GuideShell implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SERVES = "To push:";

    private final Path folder;
    private final Process process;
    private final Writer input;
    private int count;

    private GuideShell(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.input = process.outputWriter();
    }

    /** Whether the copy is on the machine's network, or on one of its own that is only a loopback. */
    public enum Network {
        OWN,
        OF_THE_MACHINE
    }

    /** The output of a command, standard output and standard error together, and its exit code. */
    record Ran(int status, String output) {}

    /** Starts it for a page. The commands and what they print stay in `e2e/target/guides`. */
    public static GuideShell start(GuidePage page, Network network, Map<String, String> environment)
            throws IOException {
        var folder =
                emptied(Checkout.target().resolve("guides").resolve(page.file().getFileName()));
        var command = new ArrayList<>(
                List.of(Checkout.root().resolve("e2e/bin/throwaway-shell").toString()));
        if (network == Network.OF_THE_MACHINE) {
            command.add("--network");
        }
        command.add(folder.toString());
        var builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("shell.log").toFile());
        builder.environment().putAll(environment);
        return new GuideShell(folder, builder.start());
    }

    private static Path emptied(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        return folder;
    }

    /** Runs a command to its end, or a server until it serves. */
    Ran run(Step step, List<String> typed) throws IOException {
        var name = "%03d".formatted(++count);
        Files.writeString(folder.resolve(name + ".sh"), step.command() + "\n");
        Files.writeString(folder.resolve(name + ".in"), String.join("\n", typed) + "\n");
        var verb = step.serves() ? "serve" : typed.isEmpty() ? "run" : "type";
        input.write(verb + " " + name + "\n");
        input.flush();
        var status = folder.resolve(name + ".status");
        Awaitility.await(step.command())
                .atMost(PATIENCE)
                .until(() -> Files.exists(status) || !process.isAlive() || (step.serves() && serves(name)));
        if (!process.isAlive()) {
            throw new IllegalStateException("the shell has ended: " + Files.readString(folder.resolve("shell.log")));
        }
        return new Ran(Files.exists(status) ? code(status) : 0, output(name));
    }

    private boolean serves(String name) {
        return output(name).contains(SERVES);
    }

    private String output(String name) {
        try {
            var file = folder.resolve(name + ".out");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int code(Path status) throws IOException {
        return Integer.parseInt(Files.readString(status).strip());
    }

    /** Ends it with everything that runs in it. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
