package dev.berth.registry.node.machine;

import dev.berth.protocol.status.HostState;
import dev.berth.protocol.status.NodeReport;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.client.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** `berth-registry node` on a machine. */
record Agent(Machine machine, Process process, Path log) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** @param options which runtime it sets up, and where that is */
    static Agent start(Machine machine, Path folder, String hosts, List<String> options) throws IOException {
        var list = Files.writeString(folder.resolve("hosts.yaml"), hosts);
        var log = Files.createTempFile(folder, "agent", ".log");
        var arguments = new ArrayList<>(List.of("node", "--hosts=" + list, "--management-host=127.0.0.1"));
        arguments.addAll(options);
        var process = new ProcessBuilder(machine.beside(ServerProcess.command(arguments)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Agent(machine, process, log);
    }

    /** Removes what agents wrote, as a person does it by hand. */
    static CommandRun remove(Machine machine, List<String> options) {
        var arguments = new ArrayList<>(List.of("node", "--remove"));
        arguments.addAll(options);
        return machine.runBeside(ServerProcess.command(arguments).toArray(String[]::new));
    }

    /** Waits until it says that one host is in this state, and returns what it says. */
    NodeReport await(HostState state) {
        return await(state.word(), report -> report.counts().getOrDefault(state, 0) == 1);
    }

    /** Waits until its report is as it should be, and returns it. */
    NodeReport await(String what, Predicate<NodeReport> condition) {
        try {
            Awaitility.await("an agent that says: " + what)
                    .atMost(PATIENCE)
                    .until(() -> report().filter(condition).isPresent() || !process.isAlive());
            return report().filter(condition).orElseThrow(() -> new AssertionError("the agent ended: " + output()));
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(what + " was not said, but " + report() + "\n" + output(), e);
        }
    }

    /** What it says on its management port; empty before it listens. */
    private Optional<NodeReport> report() {
        var status = machine.runBeside("curl", "--silent", "--fail", "http://127.0.0.1:5002/status");
        try {
            return status.succeeded()
                    ? Optional.of(NodeReport.read(status.output().getBytes(StandardCharsets.UTF_8)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it as kubelet does. It has to end by itself, without an error. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("the agent did not end: " + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("the agent ended with " + process.exitValue() + ": " + output());
        }
    }
}
