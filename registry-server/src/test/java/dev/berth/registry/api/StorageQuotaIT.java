package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.reference.Algorithm;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see when the registry stores as much as it may. */
final class StorageQuotaIT {
    private static final int MIB = 1024 * 1024;
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    @TempDir
    private Path folder;

    private LoopbackServer server;

    @BeforeEach
    void start() {
        server = LoopbackServer.start(Map.of(
                "storage",
                Map.of(
                        "filesystem",
                        Map.of("path", folder.toString()),
                        "maxBytes",
                        3 * MIB,
                        "lease",
                        "1s",
                        "uploads",
                        Map.of("expiry", "1h"))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_layer_that_does_not_fit_is_refused_and_what_is_stored_is_pulled_and_deleted() {
        var first = layer(1, 2 * MIB);
        assertThat(push(first).statusCode()).isEqualTo(201);
        var refused = push(layer(2, 2 * MIB));

        assertThat(refused.statusCode()).isEqualTo(507);
        assertThat(refused.body())
                .contains(
                        "\"code\":\"DENIED\"",
                        "the registry's quota is used up: the registry may store 3 MiB and stores 2 MiB; its owner has to"
                                + " delete images or raise the quota");
        assertThat(server.send("HEAD", blob(first), "").statusCode()).isEqualTo(200);
        assertThat(push(layer(3, MIB / 2)).statusCode()).as("what fits").isEqualTo(201);
        assertThat(server.management("/status").body())
                .contains("\"quota\":{\"mostBytes\":3145728,\"usedBytes\":2621440,\"reached\":false}");
        assertThat(server.management("/metrics").body())
                .contains("berth_quota_bytes 3145728.0", "berth_quota_used_bytes 2621440.0", "berth_quota_reached 0.0");
    }

    @Test
    void deleting_makes_room_without_waiting_for_the_next_collection() {
        var first = layer(1, 3 * MIB);
        assertThat(push(first).statusCode()).isEqualTo(201);
        assertThat(push(layer(2, MIB)).statusCode()).isEqualTo(507);

        assertThat(server.send("DELETE", blob(first), "").statusCode()).isEqualTo(202);
        Awaitility.await("room to be there")
                .atMost(Duration.ofSeconds(40))
                .until(() -> push(layer(2, MIB)).statusCode() == 201);
    }

    @Test
    void chunks_without_a_length_are_refused_where_the_room_ends_and_go_on_when_there_is_room() {
        var bytes = layer(1, 4 * MIB);
        var session = server.send("POST", "/v2/team/web/blobs/uploads/", "");
        var location = session.headers().firstValue("Location").orElseThrow();

        var refused = server.send("PATCH", location, unknownLength(bytes));
        assertThat(refused.statusCode()).isEqualTo(507);
        var standing = server.get(location);
        assertThat(standing.statusCode()).isEqualTo(204);
        var kept = Long.parseLong(
                standing.headers().firstValue("Range").orElseThrow().substring(2));
        assertThat(kept).isBetween(0L, 3L * MIB - 1);
        assertThat(server.management("/status").body()).contains("\"usedBytes\":" + (kept + 1) + ",\"reached\":true");

        assertThat(server.send("DELETE", location, "").statusCode()).isEqualTo(204);
        Awaitility.await("the room of the cancelled upload")
                .atMost(Duration.ofSeconds(20))
                .until(() -> push(layer(2, 2 * MIB)).statusCode() == 201);
    }

    @Test
    void manifests_count_too_and_are_refused_when_nothing_is_left() {
        var layer = layer(1, 3 * MIB);
        assertThat(push(layer).statusCode()).isEqualTo(201);
        var manifest = """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/x","digest":"%s","size":%d},"layers":[]}\
                """.formatted(IMAGE, Algorithm.SHA256.digestOf(layer), layer.length);

        var refused = server.send("PUT", "/v2/team/web/manifests/1", manifest, "Content-Type", IMAGE);
        assertThat(refused.statusCode()).isEqualTo(507);
        assertThat(refused.body()).contains("the registry's quota is used up");
    }

    private HttpResponse<String> push(byte[] bytes) {
        return server.send(
                "POST",
                "/v2/team/web/blobs/uploads/?digest=" + Algorithm.SHA256.digestOf(bytes),
                BodyPublishers.ofByteArray(bytes));
    }

    private static BodyPublisher unknownLength(byte[] bytes) {
        return BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(bytes));
    }

    private static String blob(byte[] bytes) {
        return "/v2/team/web/blobs/" + Algorithm.SHA256.digestOf(bytes);
    }

    private static byte[] layer(int seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
