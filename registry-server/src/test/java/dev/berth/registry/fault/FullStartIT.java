package dev.berth.registry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose volume is full to the last byte when it starts: it serves pulls and deletes, and deletes make room. */
final class FullStartIT {
    private static final int DISK_MIB = 48;
    private static final int IMAGES = 6;
    private static final int IMAGE_BYTES = 3 * 1024 * 1024;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final Ledger ledger = new Ledger();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Digest> manifests = new ArrayList<>();
    private SmallDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(folder.resolve("disk"), DISK_MIB);
    }

    @AfterEach
    void unmount() throws Exception {
        disk.unmount();
    }

    @Test
    void a_server_that_was_ended_on_a_full_volume_starts_serves_pulls_and_makes_room_by_deletes() throws Exception {
        try (var server = start()) {
            for (var i = 0; i < IMAGES; i++) {
                manifests.add(push(server, i));
            }
            disk.fill(Long.MAX_VALUE);
            server.terminate();
            server.exitCode();
        }
        fillBesideReserve();
        try (var server = start()) {
            assertThat(get(server.management("/readyz"))).isEqualTo("ok\n");
            assertThat(storage(server).get("full").asBoolean()).isTrue();
            assertThat(storage(server).get("message").asText()).contains("is full: pushes are refused");
            assertThat(get(server.management("/metrics"))).contains("berth_storage_full 1.0");
            assertThat(server.output()).containsPattern("WARN .* is full: pushes are refused");
            servesPullsAndMakesRoomByDeletes(server);
            push(server, IMAGES);
            assertThat(server.output()).contains("has room again");
        }
    }

    @Test
    void a_server_that_was_killed_on_a_full_volume_starts_too() throws Exception {
        try (var server = start()) {
            manifests.add(push(server, 0));
            disk.fill(Long.MAX_VALUE);
        }
        fillBesideReserve();
        try (var server = start()) {
            assertThat(client(server).has("/v2/a/manifests/" + manifests.getFirst(), manifests.getFirst()))
                    .isTrue();
        }
    }

    /** As servers left them before there was a reserve. */
    @Test
    void an_old_server_that_was_killed_on_a_full_volume_starts_and_serves_pulls() throws Exception {
        try (var server = start()) {
            for (var i = 0; i < IMAGES; i++) {
                manifests.add(push(server, i));
            }
            disk.fill(Long.MAX_VALUE);
            server.kill();
        }
        forgetReserve();
        try (var server = start()) {
            servesPulls(server);
        }
    }

    @Test
    void an_old_server_on_a_full_volume_gives_up_unfinished_uploads_to_start() throws Exception {
        try (var server = start()) {
            for (var i = 0; i < IMAGES; i++) {
                manifests.add(push(server, i));
            }
            beginUpload(server);
            server.terminate();
            server.exitCode();
        }
        forgetReserve();
        try (var server = start()) {
            assertThat(server.output()).contains("Deleting the unfinished upload");
            servesPullsAndMakesRoomByDeletes(server);
        }
    }

    @Test
    void without_even_a_reserve_the_start_says_what_to_do() throws Exception {
        try (var server = start()) {
            push(server, 0);
            server.terminate();
            server.exitCode();
        }
        forgetReserve();
        try (var server = ServerProcess.launch(folder, "--data=" + disk.path().resolve("data"))) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output())
                    .contains(
                            "its volume is full, and the server's own files need 4 MiB; delete something else on the volume,"
                                    + " or enlarge it");
        }
    }

    private void servesPulls(ServerProcess server) throws IOException, InterruptedException {
        var client = client(server);
        for (var manifest : manifests) {
            assertThat(client.has("/v2/a/manifests/" + manifest, manifest)).isTrue();
        }
        assertThat(client.send("POST", "/v2/a/blobs/uploads/", new byte[0]).statusCode())
                .isEqualTo(507);
    }

    private void servesPullsAndMakesRoomByDeletes(ServerProcess server) throws IOException, InterruptedException {
        servesPulls(server);
        var client = client(server);
        for (var manifest : manifests) {
            assertThat(client.send("DELETE", "/v2/a/manifests/" + manifest, new byte[0])
                            .statusCode())
                    .isEqualTo(202);
        }
        // By itself, long before the next collection on schedule.
        Awaitility.await("room")
                .atMost(SOON)
                .until(() -> !storage(server).get("full").asBoolean());
        assertThat(disk.freeBytes()).isGreaterThan(4 * IMAGE_BYTES);
    }

    /** Fills the volume, unless the server noticed that it was full before it ended, and deleted its reserve. */
    private void fillBesideReserve() throws IOException {
        if (Files.exists(disk.path().resolve("data/reserve"))) {
            disk.fill(Long.MAX_VALUE);
            assertThat(disk.freeBytes()).isLessThan(64 * 1024);
        }
    }

    /** Not a byte is left on the volume. */
    private void forgetReserve() throws IOException {
        Files.deleteIfExists(disk.path().resolve("data/reserve"));
        disk.fill(Long.MAX_VALUE);
        assertThat(disk.freeBytes()).isZero();
    }

    private void beginUpload(ServerProcess server) throws IOException, InterruptedException {
        var client = client(server);
        var location = Client.location(client.send("POST", "/v2/a/blobs/uploads/", new byte[0]));
        assertThat(client.send("PATCH", location, new byte[IMAGE_BYTES]).statusCode())
                .isEqualTo(202);
    }

    private ServerProcess start() throws IOException {
        var config = Files.writeString(
                folder.resolve("config.yaml"), """
                http: {host: 127.0.0.1, port: 0}
                management: {port: 0}
                storage: {filesystem: {path: %s}, lease: 2s}
                maintenance: {collection: {interval: 1h}}
                """.formatted(disk.path().resolve("data")));
        return ServerProcess.start(folder, "--config", config.toString());
    }

    private Digest push(ServerProcess server, int image) throws IOException, InterruptedException {
        var client = client(server);
        var layer = new byte[IMAGE_BYTES];
        new Random(image).nextBytes(layer);
        var digest = Algorithm.SHA256.digestOf(layer);
        assertThat(client.send("POST", "/v2/a/blobs/uploads/?digest=" + digest, layer)
                        .statusCode())
                .isEqualTo(201);
        var manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},"layers":[]}
                """.formatted(digest, IMAGE_BYTES).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(client.send(
                                "PUT",
                                "/v2/a/manifests/" + image,
                                manifest,
                                "Content-Type",
                                "application/vnd.oci.image.manifest.v1+json")
                        .statusCode())
                .isEqualTo(201);
        return Algorithm.SHA256.digestOf(manifest);
    }

    private Client client(ServerProcess server) {
        return new Client(http, server.url("/"), ledger);
    }

    private JsonNode storage(ServerProcess server) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(server.management("/status"))).get("storage");
    }

    private String get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
