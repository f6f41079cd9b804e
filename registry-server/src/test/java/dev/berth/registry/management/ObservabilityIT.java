package dev.berth.registry.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.reference.Algorithm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who runs the server can see of its requests. */
final class ObservabilityIT {
    private static final String BLOB = "a blob";
    private static final String DIGEST =
            Algorithm.SHA256.digestOf(BLOB.getBytes(StandardCharsets.UTF_8)).toString();

    @TempDir
    private Path folder;

    private LoopbackServer server;

    @BeforeEach
    void start() {
        server = LoopbackServer.open(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_answer_has_a_request_id_the_senders_if_it_sent_one() {
        for (var path : new String[] {"/v2/", "/v2/absent/manifests/x", "/nowhere", "/v2/A/tags/list"}) {
            assertThat(server.get(path).headers().firstValue("X-Request-Id"))
                    .as(path)
                    .hasValueSatisfying(id -> assertThat(id).hasSize(16));
            assertThat(server.get(path, "X-Request-Id", "mine-7").headers().firstValue("X-Request-Id"))
                    .contains("mine-7");
        }
    }

    @Test
    void requests_are_counted_by_route_with_how_long_they_took() {
        server.send("POST", "/v2/a/blobs/uploads/?digest=" + DIGEST, BLOB);
        server.get("/v2/a/blobs/" + DIGEST);
        server.send("BREW", "/v2/", "");
        scraped(
                "berth_http_requests_seconds_count{method=\"GET\",route=\"/v2/<name>/blobs/<digest>\",status=\"200\"} 1");
        scraped("berth_http_requests_seconds_bucket{method=\"GET\",route=\"/v2/<name>/blobs/<digest>\","
                + "status=\"200\",le=\"60.0\"} 1");
        scraped("berth_http_requests_seconds_count{method=\"other\",route=\"none\",status=\"405\"} 1");
        scraped("berth_pushed_total{what=\"blob\"} 1.0");
        scraped("berth_uploads_total{event=\"finished\"} 1.0");
        scraped("berth_http_received_bytes_total " + (double) BLOB.length());
        scraped("berth_http_requests_active 0.0");
    }

    /** The last answer is counted once it has left, which its reader may see before the meters do. */
    private void scraped(String line) {
        Awaitility.await("the metrics to say " + line)
                .until(() -> server.management("/metrics").body(), metrics -> metrics.contains(line));
    }
}
