package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.reference.Algorithm;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed in the middle of concurrent pushes and started again. */
final class KillIT {
    private static final int PUSHERS = 20;
    private static final int ROUNDS = 3;
    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 60;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    @Test
    void what_got_a_201_survives_kill_9_and_nothing_stray_is_left() throws Exception {
        for (int round = 0; round <= ROUNDS; round++) {
            try (var server = ServerProcess.start(folder)) {
                assertThatAcknowledgedIsThere(server);
                assertThatNothingIsStray(server);
                if (round < ROUNDS) {
                    pushUntilKilled(server, round);
                }
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS * ACKNOWLEDGED_BEFORE_THE_KILL);
    }

    private void pushUntilKilled(ServerProcess server, int round) throws Exception {
        int enough = acknowledged.size() + ACKNOWLEDGED_BEFORE_THE_KILL;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pushers = IntStream.range(0, PUSHERS)
                    .mapToObj(i ->
                            threads.submit(() -> new Pusher(client, server, acknowledged).pushUntilKilled(round, i)))
                    .toList();
            Awaitility.await("pushes under way")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> acknowledged.size() >= enough);
            server.kill();
            for (var pusher : pushers) {
                assertThat(pusher.get()).as("pushes that the kill cut off").isEqualTo(1);
            }
        }
    }

    private void assertThatAcknowledgedIsThere(ServerProcess server) throws Exception {
        for (var promise : acknowledged.entrySet()) {
            var answer = client.send(
                    HttpRequest.newBuilder(server.url(promise.getKey()))
                            .header("Accept", Pusher.MANIFEST)
                            .build(),
                    BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as(promise.getKey()).isEqualTo(200);
            assertThat(Algorithm.SHA256.digestOf(answer.body()))
                    .as(promise.getKey())
                    .hasToString(promise.getValue());
        }
    }

    private void assertThatNothingIsStray(ServerProcess server) throws Exception {
        var status = new ObjectMapper()
                .readTree(client.send(
                                HttpRequest.newBuilder(server.management("/status"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
        // A session that has no bytes yet has no file.
        assertThat(files("uploads"))
                .hasSizeLessThanOrEqualTo(status.get("uploads").asInt());
        var check =
                JarRun.of("check", "--quiet", "--data", folder.resolve("data").toString());
        assertThat(check.code()).as(check.output()).isZero();
    }

    private List<Path> files(String part) throws IOException {
        try (var files = Files.walk(folder.resolve("data").resolve(part))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
