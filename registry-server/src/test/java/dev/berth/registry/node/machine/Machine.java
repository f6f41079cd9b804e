package dev.berth.registry.node.machine;

import dev.berth.registry.client.CommandRun;
import dev.berth.registry.client.ContainerRuntimes;
import dev.berth.registry.client.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A machine with the files of a Debian release that has container runtimes: files, processes and a network of its own. It ends with the process
 * of `e2e/bin/throwaway-node`, and all its processes with it.
 */
final class Machine implements AutoCloseable {
    /** An address of the machine, as if it were the ClusterIP of a Service. */
    static final String ADDRESS = "10.96.62.25";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PATH = "/opt/programs:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Path folder;
    private final Process process;

    private Machine(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** The Debian release whose files a machine has. */
    enum Release {
        DEBIAN_12,
        DEBIAN_13;

        private String folder() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Starts a machine. Fetches its files and programs first, unless they are in the cache.
     *
     * @param programs folders of programs among those that `e2e/bin/runtimes` builds, such as `containerd/v2.4.2`
     */
    static Machine start(Path folder, Release release, List<String> programs) throws IOException {
        var runtimes = ContainerRuntimes.fetched();
        var command = new ArrayList<>(List.of(
                "../e2e/bin/throwaway-node", runtimes.resolve(release.folder()).toString(), folder.toString()));
        programs.forEach(name -> command.add(runtimes.resolve(name).toString()));
        var log = Files.createTempFile(folder, "machine", ".log");
        var machine = new Machine(
                folder,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start());
        Awaitility.await("the machine to be ready")
                .atMost(PATIENCE)
                .until(() -> Files.readString(log).contains("ready") || !machine.process.isAlive());
        if (!machine.process.isAlive()) {
            throw new IllegalStateException("no machine: " + Files.readString(log));
        }
        return machine;
    }

    /** Its root folder, for processes that {@link #beside} starts. */
    Path root() {
        return folder.resolve("root");
    }

    /** A file of its `/etc`, for everybody. */
    Path etc(String path) {
        return folder.resolve("etc").resolve(path);
    }

    /** Keeps what is in `/etc` now. */
    Path copyOfEtc() throws IOException {
        var copy = Files.createTempDirectory(folder, "before");
        CommandRun.of(Map.of(), List.of("cp", "-a", folder.resolve("etc") + "/.", copy.toString()))
                .orFail();
        return copy;
    }

    /** What differs in `/etc` from a copy; empty if nothing does. */
    String differenceFrom(Path copy) {
        return CommandRun.of(
                        Map.of(),
                        List.of(
                                "diff",
                                "-r",
                                "--no-dereference",
                                copy.toString(),
                                folder.resolve("etc").toString()))
                .output();
    }

    /** Runs a program of the machine to its end. */
    CommandRun run(String... command) {
        return CommandRun.of(Map.of(), inside(List.of(command)));
    }

    /** Starts a daemon of the machine; what it prints is in `folder`. */
    Daemon daemon(Path folder, List<String> command, BooleanSupplier answers) throws IOException {
        return Daemon.start(folder, System.getenv("PATH"), inside(command), answers);
    }

    /** Ends a daemon. Its process out here is only nsenter, which passes no signals on and ends with the program. */
    void end(Daemon daemon, String program) {
        run("busybox", "killall", program); // fails if it has ended already
        Awaitility.await(program + " to end")
                .atMost(PATIENCE)
                .until(() -> !daemon.process().isAlive());
    }

    /** Runs a program of this computer to its end, with the machine's mounts and network. */
    CommandRun runBeside(String... command) {
        return CommandRun.of(Map.of(), beside(List.of(command)));
    }

    /** How to run a program of this computer with the machine's mounts and network. */
    List<String> beside(List<String> command) {
        return enter(List.of("--mount", "--net", "--wd=" + Path.of("").toAbsolutePath()), command.stream());
    }

    /** Writes a file of the machine outside of `/etc`. */
    void write(String path, String text) {
        run("busybox", "sh", "-c", "mkdir -p \"${1%/*}\" && printf %s \"$2\" >\"$1\"", "-", path, text)
                .orFail();
    }

    /** Lets programs beside the machine see a file of this computer at a place of the machine outside of `/etc`. */
    void link(Path file, String place) {
        run("busybox", "sh", "-c", "mkdir -p \"${2%/*}\" && ln -sfn \"$1\" \"$2\"", "-", file.toString(), place)
                .orFail();
    }

    private List<String> inside(List<String> command) {
        return enter(
                List.of("--mount", "--net", "--pid"),
                Stream.concat(
                        Stream.of(
                                "chroot", root().toString(), "/bin/busybox", "env", "-i", "PATH=" + PATH, "HOME=/root"),
                        command.stream()));
    }

    private List<String> enter(List<String> namespaces, Stream<String> command) {
        var child =
                process.children().findFirst().orElseThrow(() -> new IllegalStateException("the machine has ended"));
        return Stream.of(Stream.of("nsenter", "--target=" + child.pid()), namespaces.stream(), Stream.of("--"), command)
                .flatMap(part -> part)
                .toList();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close(); // its end is the machine's
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
