package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.protocol.hosts.Preload;
import dev.berth.protocol.status.PreloadReport;
import dev.berth.registry.cri.ContainerdDaemon;
import dev.berth.registry.cri.CriClient;
import dev.berth.registry.cri.CriSockets;
import dev.berth.registry.node.preload.NodeIdentity;
import dev.berth.registry.node.preload.PreloadList;
import dev.berth.registry.node.preload.Preloader;
import dev.berth.registry.node.runtime.CertificateBundle;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The node agent beside a real containerd and a real registry: test pulls, images in use, and images in advance. */
final class NodeAgentCriIT {
    private static final Path JAR = Path.of("target/berth-registry.jar").toAbsolutePath();
    private static final String HOST = "apps.team-a.svc";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();

    static List<ContainerdDaemon.Program> containerds() throws IOException {
        return CriIT.containerds();
    }

    @ParameterizedTest
    @MethodSource("containerds")
    void a_node_is_configured_once_its_containerd_has_pulled_and_a_bad_change_is_taken_back(
            ContainerdDaemon.Program program, @TempDir Path folder) throws Exception {
        try (var registry = Registry.secured(Files.createDirectories(folder.resolve("registry")));
                var daemon = ContainerdDaemon.start(program, Files.createDirectories(folder.resolve("containerd")));
                var runtime = new CriClient(daemon.socket())) {
            var port = LoopbackPort.free();
            var hosts = Files.createDirectories(folder.resolve("hosts")).resolve("hosts-0.yaml");
            list(hosts, registry, "https://" + registry.address());
            var status = URI.create("http://" + port + "/status");
            var agent = agent(folder, daemon, port.number());
            try {
                await(
                        status,
                        "the test pull worked",
                        report -> report.at("/testPulls/worked").asInt() == 1);
                var good = Files.readString(daemon.certs().resolve(HOST).resolve("hosts.toml"));
                assertThat(runtime.images()).as("the tiny image is removed").isEmpty();

                list(hosts, registry, "https://localhost:1");
                await(
                        status,
                        "the change is refused",
                        report -> report.at("/counts/Failed").asInt() == 1);
                assertThat(Files.readString(daemon.certs().resolve(HOST).resolve("hosts.toml")))
                        .isEqualTo(good);
            } finally {
                agent.destroy();
                agent.waitFor();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("containerds")
    void an_image_in_advance_is_on_the_node_and_follows_its_tag(ContainerdDaemon.Program program, @TempDir Path folder)
            throws Exception {
        try (var registry = Registry.openToReaders(Files.createDirectories(folder.resolve("registry")));
                var daemon = ContainerdDaemon.start(program, Files.createDirectories(folder.resolve("containerd")));
                var runtime = new CriClient(daemon.socket());
                var sockets = new CriSockets(List.of(daemon.socket()))) {
            var host = host(registry);
            daemon.runtime().configure(host);
            var lists = List.of(new PreloadList(host, new Preload(List.of("team/web:1", "team/none:1"), List.of())));
            var preloader =
                    new Preloader(sockets, () -> lists, NodeIdentity.NONE, Path.of("/"), folder, Clock.systemUTC());
            for (var version : List.of("first", "second")) {
                registry.push(SmallImage.write(folder.resolve(version), version), "team/web");
                preloader.round();
                var digest = registry.digest("team/web", "1");
                assertThat(runtime.image(HOST + "/team/web:1"))
                        .hasValueSatisfying(
                                image -> assertThat(image.digests()).contains(HOST + "/team/web@" + digest));
            }
            assertThat(preloader.report())
                    .containsExactly(
                            new PreloadReport(HOST, 2, 1, 1, Optional.of(HOST + "/team/none:1 does not exist")));
        }
    }

    private static RegistryHost host(Registry registry) throws IOException {
        return new RegistryHost(
                new HostName(HOST),
                Endpoint.parse("https://" + registry.address()),
                Optional.of(new CertificateBundle(Files.readString(registry.certificate()))),
                FallBack.NONE);
    }

    private static void list(Path file, Registry registry, String endpoint) throws IOException {
        var ca = Files.readString(registry.certificate()).indent(6);
        Files.writeString(file, "hosts:\n  - name: " + HOST + "\n    endpoint: " + endpoint + "\n    ca: |\n" + ca);
    }

    private static Process agent(Path folder, ContainerdDaemon daemon, int port) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx32m",
                        "-jar",
                        JAR.toString(),
                        "node",
                        "--hosts=" + folder.resolve("hosts"),
                        "--containerd-certs=" + daemon.certs(),
                        "--cri-socket=" + daemon.socket(),
                        "--management-host=127.0.0.1",
                        "--management-port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.log").toFile())
                .start();
    }

    private void await(URI status, String what, Predicate<JsonNode> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    var answer = client.send(HttpRequest.newBuilder(status).build(), BodyHandlers.ofString());
                    return condition.test(new ObjectMapper().readTree(answer.body()));
                });
    }
}
