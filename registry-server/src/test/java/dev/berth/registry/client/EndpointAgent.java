package dev.berth.registry.client;

import dev.berth.registry.ServerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The agent with the memory that its DaemonSet gives it. */
record EndpointAgent(Process process, Path certs, Path log, HttpClient client) implements AutoCloseable {
    static final String HOST = "apps.team-a.svc";
    private static final Pattern SERVES = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+) serves pulls");

    static EndpointAgent start(Path folder, Registry registry) throws IOException {
        return start(folder, HOST, "hosts:\n" + entry(HOST, registry.server().port(), registry.certificate()));
    }

    /** Starts it with a list of hosts, and waits until one is set up. */
    static EndpointAgent start(Path folder, String host, String list) throws IOException {
        var node = folder.resolve("node");
        var certs = Files.createDirectories(node.resolve("certs.d"));
        Files.writeString(node.resolve("config.toml"), "version = 2\n");
        var hosts = Files.writeString(node.resolve("hosts.yaml"), list);
        var log = folder.resolve("agent.log");
        var command = new ArrayList<>(ServerProcess.command(List.of(
                "node",
                "--hosts=" + hosts,
                "--containerd-certs=" + certs,
                "--management-host=127.0.0.1",
                "--management-port=0",
                "--endpoint=127.0.0.1:0")));
        command.addAll(1, List.of("-XX:+UseSerialGC", "-Xmx32m", "-XX:TieredStopAtLevel=1"));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Awaitility.await("the host is set up")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(certs.resolve(host).resolve("hosts.toml")) || !process.isAlive());
        return new EndpointAgent(process, certs, log, HttpClient.newHttpClient());
    }

    /** An item of the list. */
    static String entry(String host, int port, Path authority) throws IOException {
        return "  - name: %s\n    endpoint: https://127.0.0.1:%d\n    ca: |\n%s"
                .formatted(host, port, Files.readString(authority).indent(6));
    }

    String url(String path) throws IOException {
        var said = SERVES.matcher(Files.readString(log));
        if (!said.find()) {
            throw new IllegalStateException(Files.readString(log));
        }
        return said.group(1) + path;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url(path))).build(), BodyHandlers.ofString());
    }

    /** The number of bytes that arrive. */
    CompletableFuture<Long> length(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url(path))).build();
            return client.sendAsync(request, BodyHandlers.ofInputStream()).thenApplyAsync(answer -> {
                try (var body = answer.body()) {
                    return body.transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    long largestResidentMiB() throws IOException {
        var status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
        var most = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(status);
        return most.find() ? Long.parseLong(most.group(1)) / 1024 : Long.MAX_VALUE;
    }

    /** Pulls with containerd as the agent has set it up, and unpacks by copying, which works below any file system. */
    CommandRun pull(CtrContainerd containerd, String image, String... credentials) {
        var arguments = new ArrayList<>(List.of("images", "pull", "--snapshotter=native", "--hosts-dir=" + certs));
        for (var user : credentials) {
            arguments.add("--user=" + user);
        }
        arguments.add(image);
        return containerd.ctr(arguments.toArray(String[]::new));
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        client.shutdownNow();
        kill();
    }
}
