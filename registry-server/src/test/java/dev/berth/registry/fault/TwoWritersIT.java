package dev.berth.registry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.reference.Algorithm;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several writers count upwards in what one tag names, each by `If-Match` with what it saw: no step may be lost. */
final class TwoWritersIT {
    private static final int ROUNDS = 2_500 * Scenario.FACTOR;
    private static final int WRITERS = 2;
    private static final String TYPE = "application/vnd.oci.image.index.v1+json";
    private static final String TAG = "/v2/counter/manifests/now";
    private static final Pattern COUNT = Pattern.compile("\"count\":\"(\\d+)\"");

    @TempDir
    private Path folder;

    private final Ledger ledger = new Ledger();
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();

    @Test
    void no_step_is_lost() throws Exception {
        try (var server = FaultServer.start(folder, folder.resolve("data"));
                var http = HttpClient.newHttpClient();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var client = new Client(http, server.url("/"), ledger);
            assertThat(put(client, 0, "If-None-Match", "*")).isEqualTo(201);
            var writers = IntStream.range(0, WRITERS)
                    .mapToObj(_ -> threads.submit(() -> write(client)))
                    .toList();
            for (var writer : writers) {
                assertThat(writer.get()).isPositive();
            }
            assertThat(count(client.get(TAG).body())).as("the last count").isEqualTo(steps.get());
            assertThat(ledger.wrongs()).isEmpty();
        }
        System.out.printf(
                "%d writers on one tag: %d steps, none lost; %d came too late and were told%n",
                WRITERS, steps.get(), late.get());
    }

    private int write(Client client) throws IOException, InterruptedException {
        var mine = 0;
        while (steps.get() < ROUNDS) {
            var seen = client.get(TAG);
            var etag = seen.headers().firstValue("ETag").orElseThrow();
            assertThat(etag).contains(Algorithm.SHA256.digestOf(seen.body()).toString());
            var status = put(client, count(seen.body()) + 1, "If-Match", etag);
            if (status == 201) {
                steps.incrementAndGet();
                mine++;
            } else {
                assertThat(status).isEqualTo(412);
                late.incrementAndGet();
            }
        }
        return mine;
    }

    private static int put(Client client, int count, String condition, String value)
            throws IOException, InterruptedException {
        var manifest = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[],\"annotations\":{\"count\":\"%d\"}}"
                .formatted(TYPE, count);
        return client.send(
                        "PUT", TAG, manifest.getBytes(StandardCharsets.UTF_8), "Content-Type", TYPE, condition, value)
                .statusCode();
    }

    private static int count(byte[] manifest) {
        var matcher = COUNT.matcher(new String(manifest, StandardCharsets.UTF_8));
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
