package dev.berth.registry.cri;

import dev.berth.registry.client.ContainerRuntimes;
import dev.berth.registry.client.Daemon;
import dev.berth.registry.node.containerd.Containerd;
import dev.berth.registry.node.runtime.NodeRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A containerd of the tests' own with its CRI plugin, in a folder of its own: its socket, its per-host files, and what it stores. */
public record ContainerdDaemon(Daemon daemon, Path folder) implements AutoCloseable {
    private static final String SOCKET = "containerd.sock";

    /** A containerd that this machine has. */
    public record Program(String version, Path path) {
        @Override
        public String toString() {
            return "containerd " + version;
        }
    }

    /** The containerd of this system, if there is one, and those that {@link ContainerRuntimes} has. */
    public static List<Program> programs() throws IOException {
        var programs = new ArrayList<Program>();
        onThePath().ifPresent(path -> programs.add(new Program("of this system", path)));
        var fetched = ContainerRuntimes.fetched();
        programs.add(new Program("1.7 of Debian 13", fetched.resolve("debian-13/root/usr/bin/containerd")));
        try (var versions = Files.list(fetched.resolve("containerd"))) {
            versions.sorted()
                    .forEach(folder -> programs.add(
                            new Program(String.valueOf(folder.getFileName()), folder.resolve("containerd"))));
        }
        return programs;
    }

    /** Starts it and waits until its CRI answers. Its oldest configuration format is the one that all versions read. */
    public static ContainerdDaemon start(Program program, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("certs.d"));
        var configuration = Files.writeString(folder.resolve("config.toml"), """
                version = 2
                root = "%1$s/root"
                state = "%1$s/state"
                [grpc]
                  address = "%1$s/containerd.sock"
                [plugins."io.containerd.grpc.v1.cri"]
                  restrict_oom_score_adj = true
                  [plugins."io.containerd.grpc.v1.cri".containerd]
                    snapshotter = "native"
                  [plugins."io.containerd.grpc.v1.cri".cni]
                    bin_dir = "%1$s/cni/bin"
                    conf_dir = "%1$s/cni/net.d"
                  [plugins."io.containerd.grpc.v1.cri".registry]
                    config_path = "%1$s/certs.d"
                [plugins."io.containerd.internal.v1.opt"]
                  path = "%1$s/opt"
                """.formatted(folder));
        try (var client = new CriClient(folder.resolve(SOCKET))) {
            var command = List.of(program.path().toString(), "--config", configuration.toString());
            return new ContainerdDaemon(
                    Daemon.start(folder, System.getenv("PATH"), command, () -> answers(client)), folder);
        }
    }

    private static boolean answers(CriClient client) {
        try {
            return !client.version().name().isEmpty();
        } catch (CriFailure notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public Path socket() {
        return folder.resolve(SOCKET);
    }

    public Path certs() {
        return folder.resolve("certs.d");
    }

    public Path configuration() {
        return folder.resolve("config.toml");
    }

    /** The agent's view of it. */
    public Containerd runtime() {
        return Containerd.at(new NodeRoot(Path.of("/")), configuration(), Optional.of(certs()));
    }

    @Override
    public void close() {
        daemon.close();
    }

    private static Optional<Path> onThePath() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "containerd"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
