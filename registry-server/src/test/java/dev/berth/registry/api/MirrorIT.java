package dev.berth.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.AnonymousPull;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see of a registry that is mirrored. */
final class MirrorIT {
    private static final String PASSWORD = "right:horse";
    private static final String CI = Bcrypt.basic("ci", PASSWORD);
    private static final byte[] LAYER = new byte[1_500_000];

    static {
        new Random(1).nextBytes(LAYER);
    }

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private Optional<LoopbackServer> opened = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.start();
    }

    @AfterEach
    void stop() {
        opened.ifPresent(LoopbackServer::close);
        upstream.close();
    }

    @Test
    void an_image_is_pulled_through_under_each_of_its_names() {
        var layer = image();
        var server = open(mirror());

        for (var path : List.of(
                "/v2/docker.io/library/nginx/%s",
                "/v2/docker.io/nginx/%s",
                "/v2/library/nginx/%s?ns=docker.io",
                "/v2/nginx/%s?ns=docker.io",
                "/v2/docker.io/library/nginx/%s?ns=docker.io",
                "/v2/docker.io/nginx/%s?ns=docker.io")) {
            assertThat(server.get(path.formatted("manifests/1")).statusCode()).isEqualTo(200);
            assertThat(server.get(path.formatted("blobs/" + layer)).body()).hasSize("layer".length());
        }
        assertThat(upstream.asked("GET")).hasSize(2);
        assertThat(server.get("/v2/docker.io/library/nginx/tags/list").body()).contains("\"tags\":[\"1\"]");
    }

    @Test
    void what_the_upstream_has_not_is_a_plain_404() {
        var server = open(mirror());
        upstream.when("/v2/private/", Reaction.status(401, "WWW-Authenticate", "Basic realm=\"x\""));

        var missing = server.get("/v2/library/nginx/manifests/1?ns=docker.io");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("MANIFEST_UNKNOWN", "docker.io has no library/nginx:1");
        assertThat(server.get("/v2/private/web/manifests/1?ns=docker.io").statusCode())
                .isEqualTo(404);
        assertThat(server.get("/v2/library/nginx/blobs/sha256:" + "0".repeat(64) + "?ns=docker.io")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_limit_and_a_failure_are_told_from_each_other() {
        var server = open(mirror());
        upstream.when("/limited/", Reaction.status(429, "Retry-After", "30"));
        upstream.when("/v2/library/broken/", Reaction.status(503));

        var broken = server.get("/v2/docker.io/library/broken/manifests/1");
        assertThat(broken.statusCode()).isEqualTo(502);
        assertThat(broken.body()).contains("docker.io answers 503 when asked for library/broken:1");
        var limited = server.get("/v2/docker.io/limited/web/manifests/1");
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("30");
    }

    @Test
    void a_blob_is_announced_without_being_fetched() {
        var layer = image();
        var server = open(mirror());

        var head = server.send("HEAD", "/v2/docker.io/library/nginx/blobs/" + layer, "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("5");
        assertThat(upstream.asked("GET")).isEmpty();
    }

    @Test
    void many_who_wait_for_one_blob_cost_one_request() throws InterruptedException, ExecutionException {
        var digest = upstream.blob("library/nginx", LAYER);
        var server = open(mirror());
        var start = new CountDownLatch(1);
        upstream.when("/blobs/", Reaction.heldBy(start));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pulls = IntStream.range(0, 200)
                    .mapToObj(_ -> threads.submit(() -> server.bytes("/v2/docker.io/library/nginx/blobs/" + digest)))
                    .toList();
            start.countDown();
            for (var pull : pulls) {
                assertThat(pull.get()).isEqualTo(LAYER);
            }
        }
        assertThat(upstream.asked("/blobs/")).hasSize(1);
        assertThat(server.get("/v2/docker.io/library/nginx/blobs/" + digest, "Range", "bytes=10-19")
                        .statusCode())
                .isEqualTo(206);
    }

    @Test
    void wrong_bytes_never_arrive_whole_and_never_stay() {
        var digest = upstream.blob("library/nginx", LAYER);
        upstream.when("/blobs/", Reaction.wrongBytes());
        var server = open(mirror());

        assertThatThrownBy(() -> server.bytes("/v2/docker.io/library/nginx/blobs/" + digest))
                .as("the connection is cut before the last byte")
                .isInstanceOf(RuntimeException.class);
        assertThat(server.get("/v2/docker.io/library/nginx/blobs/" + digest).statusCode())
                .isEqualTo(502);
        assertThat(server.management("/status").body()).contains("\"reason\":\"Malformed\"");
    }

    @Test
    void nobody_pushes_below_a_mirror_whom_no_rule_names() {
        image();
        var server = open(mirror());

        assertThat(server.send("POST", "/v2/docker.io/library/nginx/blobs/uploads/", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.send("POST", "/v2/team/web/blobs/uploads/", "").statusCode())
                .isEqualTo(202);
    }

    @Test
    void what_everybody_may_have_at_the_upstream_everybody_may_have_here() throws IOException {
        image();
        var server = open(users(), mirror());

        assertThat(server.get("/v2/library/nginx/manifests/1?ns=docker.io").statusCode())
                .isEqualTo(200);
        assertThat(server.get("/v2/team/web/manifests/1").statusCode()).isEqualTo(401);
        assertThat(server.get("/v2/_catalog").statusCode()).isEqualTo(401);
    }

    @Test
    void what_needs_credentials_at_the_upstream_needs_some_here() throws IOException {
        var layer = image();
        var server = open(
                new AccessSettings(users().users(), AnonymousPull.EVERYTHING, Optional.empty()),
                mirror().with(login()));

        assertThat(server.get("/v2/docker.io/library/nginx/manifests/1").statusCode())
                .as("though everything else may be pulled by everybody")
                .isEqualTo(401);
        assertThat(server.get("/v2/docker.io/library/nginx/manifests/1", "Authorization", CI)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get("/v2/docker.io/library/nginx/blobs/" + layer, "Authorization", CI)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get("/v2/_catalog").body()).doesNotContain("nginx");
        assertThat(server.get("/v2/docker.io/library/nginx/tags/list").statusCode())
                .isEqualTo(401);
        assertThat(server.send("POST", "/v2/team/web/blobs/uploads/?mount=" + layer, "", "Authorization", CI)
                        .statusCode())
                .as("who may read it may mount it")
                .isEqualTo(201);
    }

    @Test
    void a_server_for_everybody_does_not_start_with_private_images() {
        assertThatThrownBy(() -> open(mirror().with(login())))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("anonymousPull: true");
        open(mirror().with(login()).openToAll());
    }

    @Test
    void mirrors_are_in_the_status_and_the_metrics() {
        image();
        var server = open(mirror());
        server.get("/v2/docker.io/library/nginx/manifests/1");
        server.get("/v2/docker.io/library/nginx/manifests/1");

        assertThat(server.management("/status").body())
                .contains("\"mirrors\":[{\"name\":\"docker.io\",\"upstream\":\"docker.io\",\"mode\":\"OnDemand\"")
                .contains("\"reachable\":true", "\"counts\":{\"repositories\":1,\"tags\":1}");
        assertThat(server.management("/metrics").body())
                .contains("berth_upstream_requests_total{result=\"ok\",upstream=\"docker.io\"} 1.0")
                .contains("berth_mirror_requests_total{result=\"hit\",upstream=\"docker.io\"} 1.0")
                .contains("berth_mirror_requests_total{result=\"miss\",upstream=\"docker.io\"} 1.0");
    }

    /** An image of one layer, `layer`, whose digest is returned. */
    private Digest image() {
        var layer = upstream.blob("library/nginx", "layer".getBytes(UTF_8));
        var manifest = """
            {"schemaVersion":2,"config":{"mediaType":"application/x","digest":"%1$s","size":5},"layers":[]}\
            """.formatted(layer);
        upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, manifest.getBytes(UTF_8));
        return layer;
    }

    private MirrorSettings mirror() {
        return MirrorSettings.of("docker.io", upstream.url());
    }

    private UpstreamCredentials login() {
        try {
            return new UpstreamCredentials.PasswordFile("me", Files.writeString(folder.resolve("password"), "secret"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AccessSettings users() throws IOException {
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("ci", PASSWORD));
        return new AccessSettings(Optional.of(users), AnonymousPull.NONE, Optional.empty());
    }

    private LoopbackServer open(MirrorSettings mirror) {
        return open(AccessSettings.OPEN, mirror);
    }

    private LoopbackServer open(AccessSettings access, MirrorSettings mirror) {
        var server = LoopbackServer.start(folder.resolve("data"), access, List.of(mirror));
        opened = Optional.of(server);
        return server;
    }
}
