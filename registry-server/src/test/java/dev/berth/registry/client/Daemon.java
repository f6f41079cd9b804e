package dev.berth.registry.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** A daemon of the tests' own that a client talks to, in a folder of its own. */
public record Daemon(Process process, Path log) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * Starts it and waits until it answers.
     *
     * @param path where it finds its programs
     */
    public static Daemon start(Path folder, String path, List<String> command, BooleanSupplier answers)
            throws IOException {
        var log = folder.resolve("daemon.log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PATH", path);
        var daemon = new Daemon(builder.start(), log);
        Awaitility.await(command.getFirst() + " to answer")
                .atMost(PATIENCE)
                .until(() -> answers.getAsBoolean() || !daemon.process.isAlive());
        if (!daemon.process.isAlive()) {
            throw new IllegalStateException(command.getFirst() + " ended: " + Files.readString(log));
        }
        return daemon;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
