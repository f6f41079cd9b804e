package dev.berth.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessRule;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.AnonymousPull;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.access.RepositoryGlob;
import dev.berth.registry.access.caller.Action;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry of which everybody may pull chosen repositories, as clients with a login and without see it. */
final class AnonymousPullIT {
    private static final String CI = Bcrypt.basic("ci", "secret");
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.start();
        var layer = upstream.blob("library/nginx", "layer".getBytes(UTF_8));
        upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, manifest(layer.toString()));
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("ci", "secret"));
        var password = Files.writeString(folder.resolve("password"), "secret");
        var access = new AccessSettings(
                Optional.of(users),
                AnonymousPull.of("public/*", "docker.io/**"),
                Optional.of(List.of(new AccessRule(
                        Set.of("ci"), List.of(new RepositoryGlob("**")), Set.of(Action.PULL, Action.PUSH)))));
        var mirror = MirrorSettings.of("docker.io", upstream.url())
                .with(new UpstreamCredentials.PasswordFile("me", password));
        server = LoopbackServer.start(folder.resolve("data"), access, List.of(mirror));
        push("public/web");
        push("team/web");
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void who_has_no_login_pulls_these_and_is_asked_to_log_in_for_the_others() {
        assertThat(status("/v2/public/web/manifests/1")).isEqualTo(200);
        assertThat(status("/v2/public/web/blobs/" + blob())).isEqualTo(200);
        for (var other : List.of("/v2/team/web", "/v2/absent", "/v2/public/a/b")) {
            for (var path : List.of("/manifests/1", "/blobs/" + blob(), "/tags/list", "/referrers/" + blob())) {
                assertThat(status(other + path)).as(other + path).isEqualTo(401);
            }
        }
        assertThat(server.send("POST", "/v2/public/web/blobs/uploads/", "").statusCode())
                .isEqualTo(401);
    }

    @Test
    void lists_show_who_has_no_login_these_alone() {
        assertThat(server.get("/v2/_catalog").body()).isEqualTo("{\"repositories\":[\"public/web\"]}");
        assertThat(server.get("/v2/_catalog?n=1").headers().firstValue("Link")).isEmpty();
        assertThat(server.get("/v2/public/web/tags/list").body())
                .isEqualTo("{\"name\":\"public/web\",\"tags\":[\"1\"]}");
        assertThat(server.get("/v2/_catalog", "Authorization", CI).body())
                .isEqualTo("{\"repositories\":[\"public/web\",\"team/web\"]}");
        assertThat(status("/v2/team/web/tags/list", "Authorization", CI)).isEqualTo(200);
    }

    @Test
    void docker_gets_a_token_without_a_login_that_is_good_for_these_alone() throws IOException {
        assertThat(challenge(server.get("/v2/"))).startsWith("Bearer realm=");
        assertThat(challenge(server.get("/v2/team/web/manifests/1"))).endsWith("scope=\"repository:team/web:pull\"");
        var token = token("/token?service=berth&scope=repository:public/web:pull&scope=repository:team/web:pull");

        assertThat(status("/v2/", "Authorization", token)).isEqualTo(200);
        assertThat(status("/v2/public/web/manifests/1", "Authorization", token)).isEqualTo(200);
        assertThat(status("/v2/team/web/manifests/1", "Authorization", token)).isEqualTo(401);
        assertThat(server.get("/v2/_catalog", "Authorization", token).body())
                .isEqualTo("{\"repositories\":[\"public/web\"]}");
    }

    @Test
    void docker_gets_a_token_with_a_login_for_what_the_rules_allow() throws IOException {
        var token = token("/token?service=berth&scope=repository:team/web:pull,push", "Authorization", CI);

        assertThat(status("/v2/team/web/manifests/1", "Authorization", token)).isEqualTo(200);
        assertThat(server.send("POST", "/v2/team/web/blobs/uploads/", "", "Authorization", token)
                        .statusCode())
                .isEqualTo(202);
        assertThat(status("/v2/public/web/manifests/1", "Authorization", token))
                .as("everybody may")
                .isEqualTo(200);
        assertThat(challenge(server.get("/v2/_catalog", "Authorization", token)))
                .as("it says nothing of the list, in which ci would see more than everybody")
                .endsWith("scope=\"registry:catalog:*\",error=\"insufficient_scope\"");
    }

    @Test
    void a_private_mirror_stays_private_though_a_pattern_names_it() throws IOException {
        var image = "/v2/docker.io/library/nginx/manifests/1";
        assertThat(status(image, "Authorization", CI)).isEqualTo(200);

        assertThat(status(image)).isEqualTo(401);
        assertThat(status("/v2/library/nginx/manifests/1?ns=docker.io")).isEqualTo(401);
        assertThat(status("/v2/docker.io/library/nginx/tags/list")).isEqualTo(401);
        var token = token("/token?service=berth&scope=repository:docker.io/library/nginx:pull");
        assertThat(status(image, "Authorization", token)).isEqualTo(401);
        assertThat(server.get("/v2/_catalog").body()).isEqualTo("{\"repositories\":[\"public/web\"]}");
    }

    private static String blob() {
        return Algorithm.SHA256.digestOf("layer".getBytes(UTF_8)).toString();
    }

    private static byte[] manifest(String config) {
        return """
            {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/x","digest":"%s","size":5},"layers":[]}\
            """.formatted(MANIFEST, config).getBytes(UTF_8);
    }

    private void push(String repository) {
        var layer = server.send(
                "POST", "/v2/" + repository + "/blobs/uploads/?digest=" + blob(), "layer", "Authorization", CI);
        assertThat(layer.statusCode()).isEqualTo(201);
        var pushed = server.send(
                "PUT",
                "/v2/" + repository + "/manifests/1",
                new String(manifest(blob()), UTF_8),
                "Authorization",
                CI,
                "Content-Type",
                MANIFEST);
        assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(201);
    }

    private int status(String path, String... headers) {
        return server.get(path, headers).statusCode();
    }

    private String token(String path, String... headers) throws IOException {
        return "Bearer "
                + new ObjectMapper()
                        .readTree(server.get(path, headers).body())
                        .get("token")
                        .asText();
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("none");
    }
}
