package dev.berth.registry.cri;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A containerd of the tests' own with its CRI plugin, in a folder of its own: its socket, its per-host files, and what it stores. */
public record ContainerdDaemon(Process process, Path folder) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A containerd that this machine has. */
    public record Program(String version, Path path) {
        @Override
        public String toString() {
            return "containerd " + version;
        }
    }

    /** Each version of containerd that is here: the one of the system, and those that `e2e/bin/runtimes` fetches. */
    public static List<Program> programs() throws IOException {
        var programs = new ArrayList<Program>();
        onThePath().ifPresent(path -> programs.add(new Program("of this system", path)));
        var fetched = cache().resolve("runtimes");
        add(programs, "1.7 of Debian 13", fetched.resolve("debian-13/root/usr/bin/containerd"));
        if (Files.isDirectory(fetched.resolve("containerd"))) {
            try (var versions = Files.list(fetched.resolve("containerd"))) {
                versions.sorted()
                        .forEach(folder ->
                                add(programs, String.valueOf(folder.getFileName()), folder.resolve("containerd")));
            }
        }
        if (programs.size() < 3) {
            System.out.println("containerd 1.7 and 2 are tried only after e2e/bin/runtimes has fetched them; here are "
                    + programs);
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
        var log = folder.resolve("containerd.log").toFile();
        var process = new ProcessBuilder(program.path().toString(), "--config", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        var daemon = new ContainerdDaemon(process, folder);
        daemon.awaitAnswer();
        return daemon;
    }

    public Path socket() {
        return folder.resolve("containerd.sock");
    }

    public Path certs() {
        return folder.resolve("certs.d");
    }

    public Path configuration() {
        return folder.resolve("config.toml");
    }

    private void awaitAnswer() throws IOException {
        try (var client = new CriClient(socket())) {
            Awaitility.await("containerd's CRI answers").atMost(PATIENCE).until(() -> {
                try {
                    return !process.isAlive() || !client.version().name().isEmpty();
                } catch (CriFailure notYet) {
                    return false;
                }
            });
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("containerd ended: " + Files.readString(folder.resolve("containerd.log")));
        }
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

    private static void add(List<Program> programs, String version, Path path) {
        if (Files.isExecutable(path)) {
            programs.add(new Program(version, path));
        }
    }

    private static Optional<Path> onThePath() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "containerd"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path cache() {
        var given = System.getenv("BERTH_CACHE");
        return given == null ? Path.of(System.getProperty("user.home"), ".cache", "berth") : Path.of(given);
    }
}
