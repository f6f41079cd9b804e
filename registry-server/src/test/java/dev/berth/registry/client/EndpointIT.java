package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ServerProcess;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.reference.Algorithm;
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
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real runtimes that pull by way of a node agent's endpoint: they know neither the registry's address nor its authority. */
final class EndpointIT {
    private static final String HOST = "apps.team-a.svc";
    private static final String WRONG = "ci:wrong";
    private static final String IMAGE = HOST + "/web:1";
    private static final String RIGHT = Registry.USER + ":" + Registry.PASSWORD;

    @TempDir
    private Path folder;

    private SmallImage image;

    @BeforeEach
    void write() throws IOException {
        image = SmallImage.write(folder.resolve("image"), "through the endpoint");
    }

    @Test
    void containerd_pulls_a_private_image_with_the_right_password_only() throws Exception {
        try (var registry = Registry.secured(folder.resolve("registry"));
                var agent = Agent.start(folder, registry);
                var containerd = CtrContainerd.start(folder.resolve("containerd"))) {
            push(registry);
            assertThat(pull(containerd, agent, RIGHT)).matches(CommandRun::succeeded);
            assertThat(containerd.digest(IMAGE)).isEqualTo(SmallImage.digestIn(image.layout()));

            containerd.ctr("images", "remove", "--sync", IMAGE).orFail();
            assertThat(pull(containerd, agent, WRONG).output()).contains("401 Unauthorized");
            assertThat(pull(containerd, agent).succeeded()).isFalse();
        }
    }

    @Test
    void containerd_gets_a_token_through_the_endpoint_where_everybody_may_pull() throws Exception {
        try (var registry = Registry.openToReaders(folder.resolve("registry"));
                var agent = Agent.start(folder, registry);
                var containerd = CtrContainerd.start(folder.resolve("containerd"))) {
            push(registry);
            assertThat(pull(containerd, agent)).matches(CommandRun::succeeded);
            containerd.ctr("images", "remove", "--sync", IMAGE).orFail();
            assertThat(pull(containerd, agent, RIGHT)).matches(CommandRun::succeeded);

            var challenge = agent.get("/v2/?ns=" + HOST)
                    .headers()
                    .firstValue("WWW-Authenticate")
                    .orElse("");
            assertThat(challenge).startsWith("Bearer realm=\"" + agent.url("/token/" + HOST));
            assertThat(agent.get("/token/" + HOST + "?service=berth&scope=repository:web:pull")
                            .body())
                    .contains("\"token\"");
        }
    }

    @Test
    void podman_s_library_names_the_host_in_the_path() throws Exception {
        try (var registry = Registry.openToReaders(folder.resolve("registry"));
                var agent = Agent.start(folder, registry)) {
            push(registry);
            var name = agent.url("").substring("http://".length()) + "/" + HOST + "/web:1";
            var pulled = CommandRun.of(
                    Map.of(),
                    List.of(
                            "skopeo",
                            "copy",
                            "--src-tls-verify=false",
                            "docker://" + name,
                            "oci:" + folder.resolve("copy")));
            assertThat(pulled).matches(CommandRun::succeeded);
            assertThat(SmallImage.digestIn(folder.resolve("copy"))).isEqualTo(SmallImage.digestIn(image.layout()));
        }
    }

    @Test
    void without_the_agent_containerd_asks_the_registry_itself() throws Exception {
        try (var registry = Registry.secured(folder.resolve("registry"));
                var agent = Agent.start(folder, registry);
                var containerd = CtrContainerd.start(folder.resolve("containerd"))) {
            push(registry);
            agent.kill();
            assertThat(pull(containerd, agent, RIGHT)).matches(CommandRun::succeeded);
        }
    }

    @Test
    void many_large_layers_at_a_time_fit_into_the_agent_s_memory() throws Exception {
        var layer = new byte[96 << 20];
        new Random(7).nextBytes(layer);
        try (var registry = Registry.openToReaders(folder.resolve("registry"));
                var agent = Agent.start(folder, registry)) {
            var digest = pushBlob(registry, layer);
            var lengths = IntStream.range(0, 12)
                    .mapToObj(_ -> agent.length("/v2/web/blobs/" + digest + "?ns=" + HOST))
                    .toList();
            assertThat(lengths).allSatisfy(length -> assertThat(length.join()).isEqualTo(layer.length));
            assertThat(agent.largestResidentMiB())
                    .as("the limit of the agent's container is 160 MiB")
                    .isLessThan(160);
        }
    }

    private void push(Registry registry) {
        registry.push(image, "web");
    }

    /** Unpacks by copying, which works below any file system. */
    private static CommandRun pull(CtrContainerd containerd, Agent agent, String... credentials) {
        var arguments =
                new ArrayList<>(List.of("images", "pull", "--snapshotter=native", "--hosts-dir=" + agent.certs()));
        for (var user : credentials) {
            arguments.add("--user=" + user);
        }
        arguments.add(IMAGE);
        return containerd.ctr(arguments.toArray(String[]::new));
    }

    /** Pushes a layer in one request, to the repository `web`. */
    private static String pushBlob(Registry registry, byte[] bytes) throws IOException, InterruptedException {
        var digest = Algorithm.SHA256.digestOf(bytes);
        var request = HttpRequest.newBuilder(registry.server().url("/v2/web/blobs/uploads/?digest=" + digest))
                .header("Authorization", Bcrypt.basic(Registry.USER, Registry.PASSWORD))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        assertThat(registry.client().send(request, BodyHandlers.discarding()).statusCode())
                .isEqualTo(201);
        return digest.toString();
    }

    /** The agent with the memory that its DaemonSet gives it. */
    private record Agent(Process process, Path certs, Path log, HttpClient client) implements AutoCloseable {
        private static final Pattern SERVES = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+) serves pulls");

        static Agent start(Path folder, Registry registry) throws IOException, GeneralSecurityException {
            var node = folder.resolve("node");
            var certs = Files.createDirectories(node.resolve("certs.d"));
            Files.writeString(node.resolve("config.toml"), "version = 2\n");
            var ca = Files.readString(registry.certificate()).indent(6);
            var hosts = Files.writeString(
                    node.resolve("hosts.yaml"),
                    "hosts:\n  - name: %s\n    endpoint: https://127.0.0.1:%d\n    ca: |\n%s"
                            .formatted(HOST, registry.server().port(), ca));
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
                    .until(() -> Files.exists(certs.resolve(HOST).resolve("hosts.toml")) || !process.isAlive());
            return new Agent(process, certs, log, HttpClient.newHttpClient());
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

        void kill() {
            process.destroyForcibly().onExit().join();
        }

        @Override
        public void close() {
            client.shutdownNow();
            kill();
        }
    }
}
