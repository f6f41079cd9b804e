package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.maintenance.Collected;
import dev.berth.registry.maintenance.JsonRecords;
import dev.berth.registry.reference.Algorithm;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `collect` as a user runs it, with the server and without. */
final class CollectIT {
    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void it_asks_the_server_while_that_runs_and_does_it_itself_afterwards() throws Exception {
        var config = Files.writeString(folder.resolve("config.yaml"), """
                http: {host: 127.0.0.1, port: 0}
                management: {port: 0}
                storage: {filesystem: {path: %s}, lease: 1s}
                """.formatted(folder.resolve("data")));
        try (var server = ServerProcess.start(folder, "--config", config.toString())) {
            push(server, "first");
            awaitLeases(config, 1);
            assertThat(collected(config)).isEqualTo(new Collected(0, 0, 1, 1, 5, 1));
            assertThat(metrics(server)).contains("berth_collection_bytes_total 5.0", "berth_collection_runs_total 1.0");
            push(server, "second");
        }
        awaitLeases(config, 1);

        assertThat(collected(config)).isEqualTo(new Collected(0, 0, 1, 1, 6, 1));

        assertThat(collect("--config", config.toString()).output()).contains("Freed nothing.");
    }

    @Test
    void a_server_says_what_waits_and_frees_it_sooner_when_asked() throws Exception {
        try (var server = ServerProcess.start(folder)) {
            var data = "--data=" + folder.resolve("data");
            push(server, "left over");
            assertThat(collect(data).output()).contains("Freed nothing.", "1 blob (9 bytes) waits until");
            assertThat(JarRun.of("stats", data).output()).contains("waiting        1 blob (9 bytes) waits until");
            Awaitility.await("a blob that is older than a second")
                    .until(
                            () -> collect(data, "--older-than=1s").output(),
                            said -> said.contains("Freed 1 blob (9 bytes), 1 empty repository."));
        }
    }

    @Test
    void where_no_registry_was_it_makes_none() throws Exception {
        var run = collect("--data", folder.resolve("none").toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).contains("there is no registry's data in");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    private void awaitLeases(Path config, long blobs) {
        Awaitility.await("the end of a lease of a second")
                .until(() -> json.readTree(collect("--config", config.toString(), "--json", "--dry-run")
                                        .output())
                                .get("blobs")
                                .asLong()
                        == blobs);
    }

    private Collected collected(Path config) throws Exception {
        var said = collect("--config", config.toString(), "--json").output();
        return JsonRecords.read(JsonRecords.tree(said), Collected.class);
    }

    private static JarRun collect(String... arguments) throws Exception {
        return JarRun.of("collect", arguments);
    }

    private void push(ServerProcess server, String text) throws IOException, InterruptedException {
        var digest = Algorithm.SHA256.digestOf(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var answer = client.send(
                HttpRequest.newBuilder(server.url("/v2/team/web/blobs/uploads/?digest=" + digest))
                        .POST(BodyPublishers.ofString(text))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(201);
    }

    private String metrics(ServerProcess server) throws IOException, InterruptedException {
        var uri = server.management("/metrics");
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
