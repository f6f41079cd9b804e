package dev.berth.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests of 4 MiB, which the spec asks for, from many clients at a time, in a small heap. */
final class LargeManifestsIT {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final int LIMIT_BYTES = 4 * 1024 * 1024;
    private static final int CLIENTS = 200;

    @TempDir
    private Path folder;

    @Test
    void two_hundred_at_a_time_fit_in_a_heap_of_128_MiB() throws IOException {
        var text = "{\"schemaVersion\":2,\"manifests\":[],\"annotations\":{\"a\":\"%s\"}}";
        assertThat(statuses(text.formatted("x".repeat(LIMIT_BYTES - text.length() + 2))))
                .isEqualTo(Map.of(201, (long) CLIENTS));
    }

    @Test
    void those_that_are_nothing_but_names_are_refused_before_they_take_more_than_others() throws IOException {
        var names = IntStream.range(0, LIMIT_BYTES / 11 - 20).mapToObj("\"%06x\":1"::formatted);
        var text = "{\"schemaVersion\":2,\"manifests\":[],\"odd\":{" + names.collect(Collectors.joining(",")) + "}}";
        assertThat(statuses(text)).isEqualTo(Map.of(400, (long) CLIENTS));
    }

    private Map<Integer, Long> statuses(String manifest) throws IOException {
        var body = manifest.getBytes(UTF_8);
        try (var server = ServerProcess.withJava("-Xmx128m").start(folder);
                var client = HttpClient.newHttpClient()) {
            var pushes = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> HttpRequest.newBuilder(server.url("/v2/large/manifests/t" + i))
                            .header("Content-Type", INDEX)
                            .PUT(BodyPublishers.ofByteArray(body))
                            .build())
                    .map(request -> client.sendAsync(request, BodyHandlers.ofString()))
                    .toList();
            var statuses = pushes.stream()
                    .map(CompletableFuture::join)
                    .collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
            System.out.println(
                    CLIENTS + " manifests of " + body.length + " bytes at a time in a heap of 128 MiB, by status: "
                            + statuses + ", " + server.largestResidentMiB() + " MiB resident at most");
            assertThat(server.output()).doesNotContain("OutOfMemoryError");
            return statuses;
        }
    }
}
