package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessControl;
import dev.berth.registry.access.AccessFiles;
import dev.berth.registry.access.AccessRule;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.AnonymousPull;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.access.RepositoryGlob;
import dev.berth.registry.access.caller.Action;
import dev.berth.registry.access.token.TokenKey;
import dev.berth.registry.api.admission.Gate;
import dev.berth.registry.catalog.PushBlob;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.upstream.pull.PullThrough;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessIT {
    private static final String DIGEST = Algorithm.SHA256.digestOf(new byte[0]).toString();
    private static final String SECRET =
            Algorithm.SHA256.digestOf("s".getBytes(StandardCharsets.UTF_8)).toString();
    private static final String PUSH = Bcrypt.basic("push", "in");
    private static final String TEAM = Bcrypt.basic("team", "look");

    @TempDir
    private Path folder;

    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("push", "in") + Bcrypt.line("team", "look"));
        server = LoopbackServer.start(
                folder.resolve("data"),
                new AccessSettings(
                        Optional.of(users),
                        AnonymousPull.NONE,
                        Optional.of(List.of(
                                new AccessRule(
                                        Set.of("push"),
                                        List.of(new RepositoryGlob("**")),
                                        Set.of(Action.PULL, Action.PUSH)),
                                new AccessRule(
                                        Set.of("team"), List.of(new RepositoryGlob("team/*")), Set.of(Action.PULL))))));
        for (var repository : List.of("team/web", "secret")) {
            assertThat(server.send(
                                    "POST",
                                    "/v2/" + repository + "/blobs/uploads/?digest=" + DIGEST,
                                    "",
                                    "Authorization",
                                    PUSH)
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_route_asks_for_credentials() {
        var routes = routeTable();
        assertThat(routes).hasSizeGreaterThan(15);
        for (var route : routes) {
            var method = route.substring(0, route.indexOf(' '));
            var path = route.substring(route.indexOf(' ') + 1).replaceAll("<[a-z]+>", "x");
            var answer = server.send(method, path, "");
            if (route.equals("POST /token") || path.startsWith("/v2/berth.dev/canary/")) {
                continue; // it reads credentials from its body; the canary is for everybody (CanaryIT)
            }
            assertThat(answer.statusCode()).as(route).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"berth\"");
        }
    }

    @Test
    void a_wrong_password_is_refused_with_the_specs_body() {
        var answer = server.get("/v2/", "Authorization", Bcrypt.basic("push", "wrong"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required: the user name"
                                + " or the password is wrong\"}]}");
        assertThat(server.get("/v2/", "Authorization", Bcrypt.basic("nobody", "wrong"))
                        .body())
                .as("whether there is such a user is not told")
                .isEqualTo(answer.body());
        assertThat(server.get("/v2/").body())
                .as("without credentials")
                .isEqualTo("{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required\"}]}");
    }

    @Test
    void a_right_one_logs_in() {
        assertThat(server.get("/v2/", "Authorization", PUSH).statusCode()).isEqualTo(200);
    }

    @Test
    void a_pull_that_memory_cannot_answer_counts_its_login_once() {
        server.get("/v2/", "Authorization", TEAM);
        server.get("/v2/team/web/manifests/none", "Authorization", TEAM);
        Awaitility.await("the metrics to count both requests")
                .until(
                        () -> server.management("/metrics").body(),
                        metrics -> metrics.contains("berth_http_requests_seconds_count{method=\"GET\","
                                + "route=\"/v2/<name>/manifests/<reference>\",status=\"404\"} 1"));
        // Of the requests with credentials that were verified before: one push of `start` and this pull.
        assertThat(server.management("/metrics").body()).contains("berth_logins_total{result=\"known\"} 2.0");
    }

    @Test
    void what_may_not_be_read_looks_as_if_it_were_not_there() {
        for (var path : List.of("/manifests/latest", "/blobs/" + DIGEST, "/tags/list", "/referrers/" + DIGEST)) {
            var hidden = server.get("/v2/secret" + path, "Authorization", TEAM);
            var absent = server.get("/v2/absent" + path, "Authorization", PUSH);
            assertThat(hidden.statusCode()).isEqualTo(absent.statusCode());
            assertThat(hidden.body()).isEqualTo(absent.body().replace("absent", "secret"));
        }
        assertThat(server.get("/v2/team/web/blobs/" + DIGEST, "Authorization", TEAM)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get("/v2/_catalog", "Authorization", TEAM).body())
                .isEqualTo("{\"repositories\":[\"team/web\"]}");
    }

    @Test
    void what_may_not_be_written_is_denied() {
        var answer = server.send("POST", "/v2/team/web/blobs/uploads/", "", "Authorization", TEAM);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"DENIED\"");
        assertThat(server.send("DELETE", "/v2/team/web/blobs/" + DIGEST, "", "Authorization", PUSH)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_blob_does_not_leak_through_a_mount() throws IOException {
        assertThat(server.send("POST", "/v2/secret/blobs/uploads/?digest=" + SECRET, "s", "Authorization", PUSH)
                        .statusCode())
                .isEqualTo(201);
        server.close();
        var users = folder.resolve("users");
        server = LoopbackServer.start(
                folder.resolve("data"),
                new AccessSettings(
                        Optional.of(users),
                        AnonymousPull.NONE,
                        Optional.of(List.of(new AccessRule(
                                Set.of("team"),
                                List.of(new RepositoryGlob("team/*")),
                                Set.of(Action.PULL, Action.PUSH))))));
        assertThat(mount(DIGEST, "&from=secret")).isEqualTo(202);
        assertThat(mount(SECRET, "&from=secret")).isEqualTo(202);
        assertThat(mount(SECRET, "")).isEqualTo(202);
        assertThat(mount(DIGEST, "&from=team/web")).isEqualTo(201);
        assertThat(mount(DIGEST, "")).isEqualTo(201);
    }

    private int mount(String digest, String from) {
        var path = "/v2/team/new/blobs/uploads/?mount=" + digest + from;
        return server.send("POST", path, "", "Authorization", TEAM).statusCode();
    }

    private List<String> routeTable() {
        var settings = new StorageSettings(folder.resolve("empty"));
        try (var stores = Stores.open(settings, Clock.systemUTC())) {
            var pushBlob = PushBlob.of(stores, new SecureRandom());
            var access = AccessControl.open(
                    AccessSettings.OPEN,
                    AccessFiles.NONE,
                    TokenKey.of(Optional.empty(), new SecureRandom()),
                    Clock.systemUTC());
            var mirrored = PullThrough.open(List.of(), stores, pushBlob, Clock.systemUTC(), Map.of());
            return DistributionApi.routes(stores, pushBlob, access, mirrored, new Gate(access, mirrored.names()))
                    .stream()
                    .map(route -> route.method() + " " + route.pattern())
                    .toList();
        }
    }
}
