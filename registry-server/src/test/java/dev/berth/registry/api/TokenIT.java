package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessRule;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.AnonymousPull;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.access.Groups;
import dev.berth.registry.access.RepositoryGlob;
import dev.berth.registry.access.caller.Action;
import dev.berth.registry.api.admission.Challenge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token flow as a client goes through it (distribution, "Token Authentication Specification"). */
final class TokenIT {
    private static final String CI = Bcrypt.basic("ci", "secret");
    private static final String UPLOADS = "/v2/apps/web/blobs/uploads/";

    @TempDir
    private Path folder;

    private Optional<LoopbackServer> opened = Optional.empty();

    @AfterEach
    void stop() {
        opened.ifPresent(LoopbackServer::close);
    }

    @Test
    void where_pulls_are_anonymous_docker_learns_of_the_token_endpoint_and_pushes() throws IOException {
        var server = start(true, Optional.empty());
        var challenge = challenge(server.get("/v2/"));
        assertThat(challenge).isEqualTo("Bearer realm=\"http://%s/token\",service=\"berth\"", server.address());

        var scope = "service=berth&scope=repository:apps/web:pull,push";
        var token = token(server.get("/token?" + scope + "&offline_token=true&account=ci", "Authorization", CI));
        assertThat(server.get("/v2/", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
        assertThat(server.send("POST", UPLOADS, "", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(202);
        assertThat(server.send("POST", UPLOADS, "", "Authorization", CI).statusCode())
                .as("Basic is always good")
                .isEqualTo(202);
        assertThat(server.management("/metrics").body()).contains("berth_tokens_issued_total 1.0");
    }

    @Test
    void where_pulls_are_anonymous_nobody_gets_a_token_to_pull_with_and_needs_none() throws IOException {
        var server = start(true, Optional.empty());
        assertThat(server.get("/v2/apps/web/tags/list").statusCode()).isEqualTo(404);
        var token = token(server.get("/token?service=berth&scope=repository:apps/web:pull"));
        assertThat(server.get("/v2/", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
        assertThat(server.get("/v2/apps/web/tags/list", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(404);
        var push = server.send("POST", UPLOADS, "", "Authorization", "Bearer " + token);
        assertThat(push.statusCode()).isEqualTo(401);
        assertThat(challenge(push)).endsWith("scope=\"repository:apps/web:pull,push\"");
    }

    @Test
    void everywhere_else_basic_is_asked_for_and_tokens_are_taken_all_the_same() throws IOException {
        var server = start(false, Optional.empty());
        assertThat(challenge(server.get("/v2/"))).isEqualTo(Challenge.BASIC);
        assertThat(challenge(server.get("/token"))).isEqualTo(Challenge.BASIC);
        var token = token(server.get("/token?scope=repository:apps/web:pull", "Authorization", CI));
        assertThat(server.get("/v2/apps/web/tags/list", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(404);
        var more = server.send("POST", UPLOADS, "", "Authorization", "Bearer " + token);
        assertThat(more.statusCode()).isEqualTo(401);
        assertThat(challenge(more)).endsWith("scope=\"repository:apps/web:pull,push\",error=\"insufficient_scope\"");
        assertThat(challenge(server.get("/v2/_catalog", "Authorization", "Bearer " + token)))
                .endsWith("scope=\"registry:catalog:*\",error=\"insufficient_scope\"");
        assertThat(challenge(server.get("/v2/", "Authorization", "Bearer " + token + "x")))
                .endsWith("error=\"invalid_token\"");
    }

    @Test
    void a_form_gets_a_token_too() throws IOException {
        var server = start(false, Optional.empty());
        var scope = "&service=berth&client_id=x&scope=repository%3Aapps%2Fweb%3Apull%2Cpush+registry:catalog:*";
        var token = token(server.send("POST", "/token", "grant_type=password&username=ci&password=secret" + scope));
        assertThat(server.send("POST", UPLOADS, "", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(202);
        assertThat(server.get("/v2/_catalog", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(200);
        for (var bad : List.of("", "grant_type=refresh_token&refresh_token=x", "grant_type=password&username=%zz")) {
            assertThat(server.send("POST", "/token", bad + scope).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void the_class_of_a_repository_in_a_scope_says_nothing() throws IOException {
        var server = start(false, Optional.empty());
        var token = token(server.get("/token?scope=repository(plugin):apps/web:pull,push", "Authorization", CI));

        assertThat(server.send("POST", UPLOADS, "", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void a_token_for_many_repositories_is_given_and_one_for_too_many_is_refused() throws IOException {
        var server = start(false, Optional.empty());
        var sixty = "&scope=repository:apps/a-repository-with-a-rather-long-name-as-ci-makes-them:pull,push".repeat(59);
        var token = token(
                server.get("/token?service=berth" + sixty + "&scope=repository:apps/web:push", "Authorization", CI));
        assertThat(server.send("POST", UPLOADS, "", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(202);

        var refused = server.get("/token?x=1" + "&scope=repository:a:pull".repeat(101), "Authorization", CI);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("at most 100 scopes", "the request has 101");
    }

    @Test
    void a_wrong_password_and_a_token_get_no_token() throws IOException {
        var server = start(true, Optional.empty());
        assertThat(server.get("/token", "Authorization", Bcrypt.basic("ci", "wrong"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(server.send("POST", "/token", "grant_type=password&username=ci&password=wrong")
                        .statusCode())
                .isEqualTo(401);
        assertThat(server.send("POST", "/token", "grant_type=password&username=ci&password=secret#x")
                        .statusCode())
                .as("a # in a form is a character as any other")
                .isEqualTo(401);
        var token = token(server.get("/token", "Authorization", CI));
        assertThat(server.get("/token", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(401);
    }

    @Test
    void the_token_endpoint_is_where_the_client_finds_the_registry() throws IOException {
        var server = start(true, Optional.empty());
        assertThat(asked(server, "Host: registry.example:8443\r\nX-Forwarded-Proto: https"))
                .contains("Bearer realm=\"https://registry.example:8443/token\"");
        for (var forwarded : List.of(
                "X-Forwarded-Proto: https,http",
                "X-Forwarded-Proto: https , http",
                "Forwarded: proto=https",
                "Forwarded: for=10.0.0.1;proto=https;by=10.0.0.2, for=10.0.0.3;proto=http",
                "Forwarded: for=\"[fd00::1]:80\"; Proto=\"https\"\r\nX-Forwarded-Proto: http")) {
            assertThat(asked(server, "Host: registry.example\r\n" + forwarded))
                    .as(forwarded)
                    .contains("Bearer realm=\"https://registry.example/token\"");
        }
        for (var forwarded : List.of(
                "X-Forwarded-Proto: http,https", "Forwarded: for=10.0.0.1, proto=https", "Forwarded: \"proto=https")) {
            assertThat(asked(server, "Host: registry.example\r\n" + forwarded))
                    .as(forwarded)
                    .contains("Bearer realm=\"http://registry.example/token\"");
        }
        assertThat(asked(server, "Host: [fd00::1]:5000")).contains("Bearer realm=\"http://[fd00::1]:5000/token\"");
        for (var odd : List.of("a\",error=\"x", "a/b", "a@b", "")) {
            assertThat(asked(server, "Host: " + odd)).doesNotContain("Bearer realm");
        }
    }

    @Test
    void the_settings_may_say_where_it_is() throws IOException {
        var server = start(true, Optional.of("https://registry.example/token"));
        assertThat(challenge(server.get("/v2/"))).startsWith("Bearer realm=\"https://registry.example/token\"");
    }

    private LoopbackServer start(boolean anonymousPull, Optional<String> realm) throws IOException {
        return start(anonymousPull ? AnonymousPull.EVERYTHING : AnonymousPull.NONE, realm);
    }

    private LoopbackServer start(AnonymousPull free, Optional<String> realm) throws IOException {
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("ci", "secret"));
        var rule =
                new AccessRule(Set.of("ci"), List.of(new RepositoryGlob("apps/*")), Set.of(Action.PULL, Action.PUSH));
        var settings = new AccessSettings(
                Optional.of(users), Groups.NONE, free, Optional.of(List.of(rule)), Optional.empty(), realm);
        var server = LoopbackServer.start(folder.resolve("data"), settings);
        opened = Optional.of(server);
        return server;
    }

    private static String token(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        var json = new ObjectMapper().readTree(answer.body());
        assertThat(json.get("expires_in").asInt()).isEqualTo(300);
        assertThat(json.get("access_token")).isEqualTo(json.get("token"));
        return json.get("token").asText();
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("none");
    }

    /** The whole answer to headers that Java's own client would not send. */
    private static String asked(LoopbackServer server, String headers) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
            socket.getOutputStream()
                    .write(("GET /v2/ HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
