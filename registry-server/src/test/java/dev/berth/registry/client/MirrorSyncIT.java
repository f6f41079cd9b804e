package dev.berth.registry.client;

import static dev.berth.registry.manifest.ManifestJson.IMAGE;
import static dev.berth.registry.manifest.ManifestJson.INDEX;
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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scheduled mirror of registries that others wrote, and of another Berth; what it has is pulled once they are gone. */
final class MirrorSyncIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FIRST = "first";

    /** The index, an image, and the signature of the index. */
    private static final int TAGS = 3;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @EnumSource
    void of_distribution(DistributionProcess.Release release) throws IOException, InterruptedException {
        try (var upstream = DistributionProcess.start(release, folder)) {
            var digests = push(upstream.address());
            try (var mirror = mirror(upstream.address())) {
                synced(mirror, FIRST);
                syncedAgain(mirror, upstream.address());
                upstream.process().destroyForcibly().onExit().join();
                pulls(mirror, digests);
            }
        }
    }

    @Test
    void of_another_berth_whose_copy_goes_on_after_kill_minus_nine() throws IOException, InterruptedException {
        var theirs = Files.createDirectory(folder.resolve("upstream"));
        try (var upstream = ServerProcess.start(theirs)) {
            var address = "localhost:" + upstream.port();
            var digests = push(address);
            mirror(address).kill(); // wherever it was
            try (var mirror = mirror(address)) {
                synced(mirror, FIRST);
                upstream.kill();
                pulls(mirror, digests);
            }
        }
    }

    /** What the upstream has: an index of two platforms, its images by tags, and a signature by subject. */
    private record Pushed(Digest index, Digest amd64, Digest arm64, Digest signature) {}

    private Pushed push(String registry) throws IOException, InterruptedException {
        var amd64 = image(registry, "amd64");
        var arm64 = image(registry, "arm64");
        var index = put(registry, "1", INDEX, """
                {"schemaVersion": 2, "mediaType": "%s", "manifests": [%s, %s]}""".formatted(INDEX, platform(amd64, "amd64"), platform(arm64, "arm64")));
        var signed = """
                {"schemaVersion": 2, "mediaType": "%s", "config": {"mediaType": "a/b", "digest": "%s", "size": 2},
                 "layers": [], "subject": {"mediaType": "%s", "digest": "%s", "size": 7}}""".formatted(IMAGE, blob(registry, "{}"), INDEX, index);
        var signature = put(registry, "sha256-" + index.hex() + ".sig", IMAGE, signed);
        return new Pushed(index, amd64, arm64, signature);
    }

    private static String platform(Digest image, String architecture) {
        return """
                {"mediaType": "%s", "digest": "%s", "size": 7, "platform": {"os": "linux", "architecture": "%s"}}""".formatted(IMAGE, image, architecture);
    }

    private Digest image(String registry, String architecture) throws IOException, InterruptedException {
        var config = "{\"architecture\":\"" + architecture
                + "\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
        return put(registry, architecture, IMAGE, """
                {"schemaVersion": 2, "mediaType": "%s",
                 "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "%s", "size": %d},
                 "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "%s", "size": %d}]}""".formatted(
                        IMAGE,
                        blob(registry, config),
                        config.length(),
                        blob(registry, "layer for " + architecture),
                        ("layer for " + architecture).length()));
    }

    private ServerProcess mirror(String upstream) throws IOException {
        var config = Files.writeString(folder.resolve("config.yaml"), configuration(upstream, FIRST));
        return ServerProcess.start(folder, "--config", config.toString());
    }

    private String configuration(String upstream, String request) {
        return """
                http: {host: 127.0.0.1, port: 0}
                management: {host: 127.0.0.1, port: 0}
                storage: {filesystem: {path: %s}}
                mirrors:
                - upstream: hub.example
                  url: http://%s
                  mode: Scheduled
                  syncRequest: "%s"
                  includeReferrers: true
                  images:
                  - {repository: team/web, tags: {names: ["1"]}, platforms: [linux/amd64]}
                  - {repository: team/web, tags: {regex: "amd.*"}}
                """.formatted(folder.resolve("mirrored"), upstream, request);
    }

    /** Waits until all is copied. */
    private JsonNode synced(ServerProcess mirror, String request) {
        return Awaitility.await("a sync that has ended well")
                .atMost(PATIENCE)
                .until(
                        () -> sync(mirror),
                        sync -> !sync.path("running").asBoolean()
                                && sync.path("request").asText().equals(request)
                                && sync.path("done").asInt() == TAGS);
    }

    private JsonNode sync(ServerProcess mirror) throws IOException, InterruptedException {
        var body = client.send(
                        HttpRequest.newBuilder(mirror.management("/status")).build(), BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(body).path("mirrors").path(0).path("sync");
    }

    private void syncedAgain(ServerProcess mirror, String upstream) throws IOException {
        Files.writeString(folder.resolve("config.yaml"), configuration(upstream, "again"));
        assertThat(synced(mirror, "again").path("bytes").asLong())
                .as("nothing is new")
                .isZero();
    }

    private void pulls(ServerProcess mirror, Pushed pushed) throws IOException, InterruptedException {
        var prefix = "/v2/hub.example/team/web";
        assertThat(get(mirror, prefix + "/manifests/1").headers().firstValue("Docker-Content-Digest"))
                .contains(pushed.index().toString());
        assertThat(get(mirror, prefix + "/manifests/" + pushed.amd64()).statusCode())
                .isEqualTo(200);
        assertThat(get(mirror, prefix + "/manifests/" + pushed.arm64()).statusCode())
                .as("its index is here, it isn't, and nobody can be asked")
                .isGreaterThanOrEqualTo(400);
        assertThat(get(mirror, prefix + "/referrers/" + pushed.index()).body())
                .contains(pushed.signature().toString());
        var pulled = folder.resolve("pulled");
        CommandRun.of(
                        Map.of(),
                        List.of(
                                "skopeo",
                                "--insecure-policy",
                                "--override-arch=amd64",
                                "copy",
                                "--src-tls-verify=false",
                                "docker://localhost:" + mirror.port() + "/hub.example/team/web:1",
                                "dir:" + pulled))
                .orFail();
        assertThat(Algorithm.SHA256.digestOf(Files.readAllBytes(pulled.resolve("manifest.json"))))
                .isEqualTo(pushed.amd64());
    }

    private HttpResponse<String> get(ServerProcess mirror, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(mirror.url(path)).header("Accept", "*/*").build(), BodyHandlers.ofString());
    }

    private Digest blob(String registry, String text) throws IOException, InterruptedException {
        var digest = Algorithm.SHA256.digestOf(text.getBytes(StandardCharsets.UTF_8));
        var uploads = URI.create("http://" + registry + "/v2/team/web/blobs/uploads/");
        var start = client.send(
                HttpRequest.newBuilder(uploads).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        var location = uploads.resolve(start.headers().firstValue("Location").orElseThrow());
        var separator = location.getRawQuery() == null ? "?" : "&";
        created(HttpRequest.newBuilder(URI.create(location + separator + "digest=" + digest))
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofString(text)));
        return digest;
    }

    private Digest put(String registry, String tag, String type, String manifest)
            throws IOException, InterruptedException {
        created(HttpRequest.newBuilder(URI.create("http://" + registry + "/v2/team/web/manifests/" + tag))
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofString(manifest)));
        return Algorithm.SHA256.digestOf(manifest.getBytes(StandardCharsets.UTF_8));
    }

    private void created(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = client.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
