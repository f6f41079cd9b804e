package dev.berth.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.AnonymousPull;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.settings.Section;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients from outside of the cluster get of a registry that is mirrored. */
final class OutsideIT {
    private static final String PASSWORD = "right:horse";
    private static final String CI = Bcrypt.basic("ci", PASSWORD);
    private static final String MANIFEST = "/v2/docker.io/library/nginx/manifests/1";

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private Digest layer;
    private Optional<LoopbackServer> opened = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.start();
        layer = upstream.blob("library/nginx", "layer".getBytes(UTF_8));
        var manifest = """
            {"schemaVersion":2,"config":{"mediaType":"application/x","digest":"%1$s","size":5},"layers":[]}\
            """.formatted(layer);
        upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, manifest.getBytes(UTF_8));
    }

    @AfterEach
    void stop() {
        opened.ifPresent(LoopbackServer::close);
        upstream.close();
    }

    @Test
    void a_stranger_from_outside_never_makes_a_mirror_fetch() throws IOException {
        var server = open(users(), mirror(Map.of()));

        for (var path : List.of(
                MANIFEST,
                "/v2/library/nginx/manifests/1?ns=docker.io",
                "/v2/docker.io/library/nginx/manifests/" + layer,
                blob())) {
            for (var method : List.of("GET", "HEAD")) {
                var answer = server.outside(method, path);
                assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate"))
                        .hasValueSatisfying(challenge -> assertThat(challenge)
                                .contains("/token\"", "scope=\"repository:docker.io/library/nginx:pull\""));
            }
        }
        assertThat(server.outside("GET", MANIFEST).body())
                .contains("UNAUTHORIZED")
                .contains("the registry does not have this image yet and fetches it only for clients that log in")
                .contains("docker.io/library/nginx 1");
        for (var list : List.of("tags/list", "referrers/" + layer)) {
            assertThat(server.outside("GET", "/v2/docker.io/library/nginx/" + list)
                            .statusCode())
                    .as("what isn't known isn't called absent, nor an image unsigned: " + list)
                    .isEqualTo(401);
        }
        assertThat(upstream.asked("")).isEmpty();
    }

    @Test
    void a_token_that_is_given_to_nobody_in_particular_fetches_nothing_either() throws IOException {
        var server = open(users(), mirror(Map.of()));
        var body = server.outside("GET", "/token?scope=repository:docker.io/library/nginx:pull")
                .body();
        var token = body.substring(body.indexOf("\"token\":\"") + 9, body.indexOf("\",\"access_token\""));

        assertThat(server.outside("GET", MANIFEST, "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(401);
        assertThat(upstream.asked("")).isEmpty();
    }

    @Test
    void what_is_stored_is_served_to_strangers_without_asking_whether_it_is_new() throws IOException {
        var server = open(users(), mirror(Map.of("interval", "1s")));
        assertThat(server.get(MANIFEST).statusCode()).isEqualTo(200);
        assertThat(server.get(blob()).statusCode()).isEqualTo(200);
        upstream.forgetRequests();

        Awaitility.await("nodes to have asked three times whether it is new").until(() -> {
            var asked = upstream.asked("").size();
            assertThat(server.outside("GET", MANIFEST).statusCode()).isEqualTo(200);
            assertThat(server.outside("GET", blob()).body()).isEqualTo("layer");
            assertThat(upstream.asked("")).as("after a stranger's request").hasSize(asked);
            return server.get(MANIFEST).statusCode() == 200
                    && upstream.asked("HEAD").size() == 3;
        });
    }

    @Test
    void who_logs_in_from_outside_makes_the_mirror_fetch_and_then_everybody_is_served() throws IOException {
        var server = open(users(), mirror(Map.of()));

        assertThat(server.outside("GET", MANIFEST, "Authorization", CI).statusCode())
                .isEqualTo(200);
        assertThat(server.outside("GET", blob(), "Authorization", CI).body()).isEqualTo("layer");
        assertThat(server.outside("GET", MANIFEST).statusCode()).isEqualTo(200);
        assertThat(server.outside("GET", blob()).body()).isEqualTo("layer");
        assertThat(upstream.asked("GET")).hasSize(2);
    }

    @Test
    void the_port_for_the_cluster_goes_on_fetching_for_everybody() throws IOException {
        var server = open(users(), mirror(Map.of()));

        assertThat(server.get(MANIFEST).statusCode()).isEqualTo(200);
        assertThat(server.get(blob()).body()).isEqualTo("layer");
    }

    @Test
    void a_mirror_may_say_that_it_fetches_for_strangers_too() throws IOException {
        var server = open(users(), mirror(Map.of("anonymousFetchFromOutside", true)));

        assertThat(server.outside("GET", MANIFEST).statusCode()).isEqualTo(200);
        assertThat(server.outside("GET", blob()).body()).isEqualTo("layer");
    }

    @Test
    void a_server_without_users_fetches_for_nobody_from_outside() {
        var server = open(AccessSettings.OPEN, mirror(Map.of()));

        assertThat(server.outside("GET", MANIFEST).statusCode()).isEqualTo(401);
        assertThat(upstream.asked("")).isEmpty();
    }

    @Test
    void strangers_do_not_learn_what_others_asked_for_in_vain() throws IOException {
        var server = open(users(), mirror(Map.of()));
        upstream.when("/manifests/secret", Reaction.status(404));
        var missing = "/v2/docker.io/library/nginx/manifests/secret";
        assertThat(server.get(missing).statusCode()).isEqualTo(404);

        assertThat(server.outside("GET", missing).statusCode()).isEqualTo(401);
        assertThat(server.management("/status").body()).doesNotContain("LoginNeeded");
    }

    @Test
    void requests_of_both_ports_are_counted_together() throws IOException {
        var server = open(users(), mirror(Map.of()));
        server.get(MANIFEST);
        server.outside("GET", MANIFEST);

        assertThat(server.management("/metrics").body())
                .contains("berth_mirror_requests_total{result=\"hit\",upstream=\"docker.io\"} 1.0")
                .contains("berth_http_requests_seconds_count{method=\"GET\","
                        + "route=\"/v2/<name>/manifests/<reference>\",status=\"200\"} 2");
    }

    private String blob() {
        return "/v2/docker.io/library/nginx/blobs/" + layer;
    }

    private MirrorSettings mirror(Map<String, Object> more) {
        var settings = new HashMap<String, Object>(more);
        settings.put("upstream", "docker.io");
        settings.put("url", upstream.url().toString());
        return Section.read(settings, MirrorSettings::from);
    }

    private AccessSettings users() throws IOException {
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("ci", PASSWORD));
        return new AccessSettings(Optional.of(users), AnonymousPull.NONE, Optional.empty());
    }

    private LoopbackServer open(AccessSettings access, MirrorSettings mirror) {
        var server = LoopbackServer.reachedFromOutside(folder.resolve("data"), access, List.of(mirror));
        opened = Optional.of(server);
        return server;
    }
}
