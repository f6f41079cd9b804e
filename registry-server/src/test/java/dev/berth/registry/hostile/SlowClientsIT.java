package dev.berth.registry.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that hold connections and send next to nothing: others are served meanwhile, and memory stays flat. */
final class SlowClientsIT {
    private static final int CLIENTS = 500;
    private static final int MOST = 600;
    private static final Duration QUIET = Duration.ofSeconds(4);
    private static final Duration TOLERABLE = Duration.ofSeconds(2);
    private static final long GROWTH_MIB = 96;

    @TempDir
    private Path folder;

    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void hang_up() throws IOException {
        for (var client : clients) {
            client.close();
        }
    }

    @Test
    void headers_that_never_end_are_cut_off_however_they_trickle() throws IOException {
        try (var server = start()) {
            var before = server.residentMiB();
            connect(server, "GET /v2/ HTTP/1.1\r\nHost: x\r\n");
            assertThatOthersAreServed(server);
            Awaitility.await("all to be cut off")
                    .atMost(QUIET.plusSeconds(10))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        clients.forEach(client -> client.send("X: a\r\n"));
                        return clients.stream().allMatch(RawClient::isClosedByServer);
                    });
            assertThatMemoryIsFlat(server, before);
        }
    }

    @Test
    void bodies_that_hardly_come_keep_nobody_else_waiting() throws IOException {
        try (var server = start()) {
            var before = server.residentMiB();
            connect(
                    server,
                    "POST /v2/a/blobs/uploads/?digest=sha256:" + "a".repeat(64)
                            + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\nhello");
            for (var i = 0; i < 5; i++) {
                clients.forEach(client -> client.send("."));
                assertThatOthersAreServed(server);
            }
            assertThatMemoryIsFlat(server, before);
            hang_up();
            Awaitility.await("their bytes to be cleared away").until(() -> uploads() == 0);
        }
    }

    @Test
    void large_answers_that_nobody_reads_are_few_at_a_time() throws IOException, InterruptedException {
        try (var server = start();
                var http = HttpClient.newHttpClient()) {
            var path = "/v2/a/manifests/large";
            var text = "{\"schemaVersion\":2,\"manifests\":[],\"annotations\":{\"a\":\"%s\"}}"
                    .formatted("x".repeat(4_000_000));
            var push = HttpRequest.newBuilder(server.url(path))
                    .header("Content-Type", "application/vnd.oci.image.index.v1+json")
                    .PUT(BodyPublishers.ofString(text));
            var pull = HttpRequest.newBuilder(server.url(path)).build();
            assertThat(http.send(push.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(201);
            assertThat(http.send(pull, BodyHandlers.ofString()).body()).isEqualTo(text);
            var before = server.residentMiB();
            for (var i = 0; i < CLIENTS; i++) {
                clients.add(RawClient.narrow(server.port()).send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"));
            }
            assertThatOthersAreServed(server);
            assertThat(http.send(pull, BodyHandlers.ofString()).statusCode()).isEqualTo(429);
            assertThatMemoryIsFlat(server, before);
            hang_up();
            Awaitility.await("the next to be served")
                    .until(() -> http.send(pull, BodyHandlers.ofString()).body().equals(text));
            assertThat(server.output()).doesNotContain("OutOfMemoryError");
        }
    }

    @Test
    void connections_beyond_the_limit_are_hung_up_on_and_those_below_go_on() throws IOException {
        try (var server = start();
                var first = RawClient.connect(server.port())) {
            for (var i = 0; i < MOST + 100; i++) {
                clients.add(RawClient.connect(server.port()));
            }
            Awaitility.await("those beyond the limit to be hung up on")
                    .until(() ->
                            clients.stream().filter(RawClient::isClosedByServer).count() >= 100);
            first.send("GET /v2/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(first.readToEnd()).startsWith("HTTP/1.1 200");
        }
    }

    private ServerProcess start() throws IOException {
        var config = Files.writeString(
                folder.resolve("config.yaml"), """
                http: {host: 127.0.0.1, port: 0, connections: {most: %d, quiet: %ds}}
                management: {port: 0}
                storage: {filesystem: {path: %s}}
                """.formatted(MOST, QUIET.toSeconds(), folder.resolve("data")));
        var server = ServerProcess.withJava("-Xmx128m").start(folder, "--config", config.toString());
        assertThatOthersAreServed(server);
        return server;
    }

    private void connect(ServerProcess server, String text) throws IOException {
        for (var i = 0; i < CLIENTS; i++) {
            clients.add(RawClient.connect(server.port()).send(text));
        }
    }

    private static void assertThatOthersAreServed(ServerProcess server) throws IOException {
        for (var i = 0; i < 20; i++) {
            var started = System.nanoTime();
            try (var client = RawClient.connect(server.port())) {
                client.send("GET /v2/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                assertThat(client.readToEnd()).startsWith("HTTP/1.1 200");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(TOLERABLE);
        }
    }

    private static void assertThatMemoryIsFlat(ServerProcess server, long beforeMiB) {
        var after = server.residentMiB();
        System.out.printf("%d slow clients: %d MiB resident before, %d MiB after%n", CLIENTS, beforeMiB, after);
        assertThat(after - beforeMiB).as("growth in MiB").isLessThan(GROWTH_MIB);
    }

    private long uploads() throws IOException {
        try (var files = Files.list(folder.resolve("data/uploads"))) {
            return files.count();
        }
    }
}
