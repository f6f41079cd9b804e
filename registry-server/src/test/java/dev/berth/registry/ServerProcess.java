package dev.berth.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The jar as a user runs it, on free ports. What it prints is in a file beside its data. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path JAR = Path.of("target", "berth-registry.jar");
    private static final Pattern SERVES = Pattern.compile(" serves (https?)://[^:]+:(\\d+);");
    private static final Pattern OUTSIDE = Pattern.compile("Clients from outside are served on [^:]+:(\\d+)");
    private static final Pattern MANAGES = Pattern.compile(" status on (http://\\S+)");

    private final Process process;
    private final Path output;

    private ServerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it and waits until it says that it serves. */
    public static ServerProcess start(Path folder, String... arguments) throws IOException {
        return withJava().start(folder, arguments);
    }

    /** Starts it without waiting; its ports are free ones unless the arguments name others. */
    public static ServerProcess launch(Path folder, String... arguments) throws IOException {
        return withJava().launch(folder, arguments);
    }

    /** The way to start it with these flags for its JVM. */
    public static Launcher withJava(String... flags) {
        var program = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        program.addAll(List.of(flags));
        program.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
        return new Launcher(program);
    }

    /** The way to start it by a command that runs the program. */
    public static Launcher by(Path command) {
        return new Launcher(List.of(command.toString()));
    }

    /** A way to start it. */
    public record Launcher(List<String> program) {
        public ServerProcess start(Path folder, String... arguments) throws IOException {
            var server = launch(folder, arguments);
            Awaitility.await("a server that serves")
                    .atMost(PATIENCE)
                    .until(() -> server.hasSaid("To push:") || !server.isAlive());
            if (!server.isAlive()) {
                throw new IllegalStateException("the server ended: " + server.output());
            }
            return server;
        }

        ServerProcess launch(Path folder, String... arguments) throws IOException {
            var command = new ArrayList<>(program);
            command.add("serve");
            command.addAll(List.of(arguments));
            if (command.stream().noneMatch(argument -> argument.startsWith("--host="))) {
                command.add("--host=127.0.0.1");
            }
            addUnlessGiven(command, "--port", "0");
            addUnlessGiven(command, "--management-port", "0");
            addUnlessGiven(command, "--data", folder.resolve("data").toString());
            var output = Files.createTempFile(folder, "server", ".log");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new ServerProcess(process, output);
        }
    }

    /** How a command of the program is run. */
    public static List<String> command(List<String> arguments) {
        var command = new ArrayList<>(withJava().program());
        command.addAll(arguments);
        return command;
    }

    private static void addUnlessGiven(List<String> command, String option, String value) {
        if (command.stream().noneMatch(argument -> argument.startsWith(option + "=") || argument.equals("--config"))) {
            command.add(option + "=" + value);
        }
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server goes on: " + output());
        }
        return process.exitValue();
    }

    public int port() {
        return Integer.parseInt(said(SERVES, 2));
    }

    /** The port for clients from outside of the cluster. */
    public int externalPort() {
        return Integer.parseInt(said(OUTSIDE, 1));
    }

    public URI url(String path) {
        return URI.create(said(SERVES, 1) + "://localhost:" + port() + path);
    }

    public URI management(String path) {
        return URI.create(said(MANAGES, 1) + path);
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean hasSaid(String text) {
        return output().contains(text);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its memory as the kernel counts it, in MiB. */
    public long residentMiB() {
        return memoryMiB("VmRSS");
    }

    /** The most that it was so far. */
    public long largestResidentMiB() {
        return memoryMiB("VmHWM");
    }

    private long memoryMiB(String what) {
        try {
            var status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
            var matcher = Pattern.compile(what + ":\\s+(\\d+) kB").matcher(status);
            return matcher.find() ? Long.parseLong(matcher.group(1)) / 1024 : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end, as Kubernetes does. */
    public void terminate() {
        process.destroy();
    }

    private String said(Pattern pattern, int group) {
        var matcher = pattern.matcher(output());
        if (!matcher.find()) {
            throw new IllegalStateException("the server did not say where it is: " + output());
        }
        return matcher.group(group);
    }

    /** Ends it at once, as kill -9 does; its data stay. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
