package dev.berth.registry.node.machine;

import dev.berth.registry.ServerProcess;
import dev.berth.registry.client.CommandRun;
import dev.berth.registry.client.Daemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Docker Engine on its socket and on its TCP port. Docker's own client speaks to the port, as a person does it from another machine. */
record DockerEngine(Machine machine, Daemon daemon, Path client) implements Engine {
    private static final String PORT = "tcp://127.0.0.1:2375";
    private static final String SOCKET = "unix:///run/docker.sock";

    /** What dockerd says until it reads `/etc/hosts` again, which Go's resolver keeps for five seconds. */
    private static final String UNRESOLVED = "lookup " + ClusterRegistry.HOST;

    private static final Duration RESOLVER = Duration.ofSeconds(8);

    static DockerEngine start(Machine machine, Path folder) throws IOException {
        var command = List.of(
                "dockerd",
                "--host=" + SOCKET,
                "--host=" + PORT,
                "--bridge=none",
                "--iptables=false",
                "--ip6tables=false",
                "--storage-driver=vfs");
        var daemon = machine.daemon(
                folder,
                command,
                () -> machine.run("docker", "-H", PORT, "version").succeeded());
        return new DockerEngine(machine, daemon, Files.createDirectories(folder.resolve("docker-config")));
    }

    @Override
    public String version() {
        return docker("version", "--format={{.Server.Version}}").orFail().answer();
    }

    @Override
    public List<String> agentOptions() {
        return List.of("--runtime=docker", "--node-root=" + machine.root());
    }

    @Override
    public CommandRun pull(String image, Optional<String> password) {
        docker("image", "rm", "--force", image);
        logIn(password);
        return resolved(() -> docker("pull", image));
    }

    /** The same on the socket, which only programs of the machine can open. */
    CommandRun pullOnSocket(String image) {
        docker("image", "rm", "--force", image);
        return machine.run("docker", "-H", SOCKET, "pull", image);
    }

    @Override
    public String digest(String image) {
        return docker("image", "inspect", "--format={{index .RepoDigests 0}}", image)
                .orFail()
                .answer()
                .replaceFirst(".*@", "");
    }

    @Override
    public String processes(String image) {
        docker("run", "-d", "--name", "web", image).orFail();
        try {
            return Engine.printed(() -> docker("logs", "web"));
        } finally {
            docker("rm", "--force", "web").orFail();
        }
    }

    /** `berth-registry engine` on the same port. */
    CommandRun berth(String... words) {
        var arguments =
                Stream.concat(Stream.of("engine", "-H", PORT), Stream.of(words)).toList();
        var command = new ArrayList<>(List.of("env", "DOCKER_CONFIG=" + client));
        command.addAll(ServerProcess.command(arguments));
        return machine.runBeside(command.toArray(String[]::new));
    }

    /** What `docker login` would leave, for both clients. */
    void logIn(Optional<String> password) {
        var text = password.map(secret -> Base64.getEncoder()
                        .encodeToString((ClusterRegistry.USER + ":" + secret).getBytes(StandardCharsets.UTF_8)))
                .map(auth -> "{\"auths\": {\"" + ClusterRegistry.HOST + "\": {\"auth\": \"" + auth + "\"}}}")
                .orElse("{}");
        machine.write("/root/.docker/config.json", text);
        try {
            Files.writeString(client.resolve("config.json"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        machine.end(daemon, "dockerd");
    }

    private CommandRun docker(String... arguments) {
        var command = new ArrayList<>(List.of("docker", "-H", PORT));
        command.addAll(List.of(arguments));
        return machine.run(command.toArray(String[]::new));
    }

    /** Pulls until dockerd has noticed that the name of the registry can be resolved. */
    static CommandRun resolved(Supplier<CommandRun> pull) {
        var runs = new ArrayList<>(List.of(pull.get()));
        var deadline = System.nanoTime() + RESOLVER.toNanos();
        while (runs.getLast().output().contains(UNRESOLVED) && System.nanoTime() < deadline) {
            runs.add(pull.get());
        }
        return runs.getLast();
    }
}
