package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.access.ScriptedIssuer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of a CI elsewhere push with tokens of their own issuer, and nobody has stored a password. */
final class WorkloadPushIT {
    private static final String UPLOADS = "/v2/acme/web/blobs/uploads/";
    private static final String MAIN = "refs/heads/main";

    @TempDir
    private Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private ScriptedIssuer github;
    private ScriptedIssuer gitlab;
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        var certificate = IssuedCertificate.issue(1);
        certificate.write(folder);
        github = opened(ScriptedIssuer.start(Clock.systemUTC(), certificate));
        gitlab = opened(ScriptedIssuer.start(Clock.systemUTC(), certificate));
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("ci", "secret"));
        server = opened(LoopbackServer.start(Map.of(
                "storage",
                        Map.of(
                                "filesystem",
                                Map.of("path", folder.resolve("data").toString())),
                "access",
                        Map.of(
                                "users", users.toString(),
                                "issuers", List.of(issuer("github", github), issuer("gitlab", gitlab)),
                                "rules",
                                        List.of(
                                                rule(Map.of("user", "ci"), "**"),
                                                rule(
                                                        Map.of(
                                                                "issuer",
                                                                Map.of(
                                                                        "name",
                                                                        "github",
                                                                        "claims",
                                                                        Map.of("repository", "acme/*", "ref", MAIN))),
                                                        "acme/*"),
                                                rule(
                                                        Map.of(
                                                                "issuer",
                                                                Map.of(
                                                                        "name",
                                                                        "gitlab",
                                                                        "claims",
                                                                        Map.of("repository", "group/**"))),
                                                        "group/**"))))));
    }

    private <T extends AutoCloseable> T opened(T one) {
        opened.addFirst(one);
        return one;
    }

    @AfterEach
    void stop() throws Exception {
        for (var one : opened) {
            one.close();
        }
    }

    @Test
    void a_job_pushes_and_pulls_with_its_token_as_the_password_of_any_user() {
        var token = github.signed(github.job("acme/web", MAIN));
        assertThat(server.get("/v2/", "Authorization", Bcrypt.basic("oidc", token))
                        .statusCode())
                .isEqualTo(200);
        assertThat(push(UPLOADS, Bcrypt.basic("whoever", token)).statusCode()).isEqualTo(202);
        assertThat(push(UPLOADS, "Bearer " + token).statusCode()).isEqualTo(202);
        assertThat(server.get("/v2/acme/web/tags/list", "Authorization", "Bearer " + token)
                        .statusCode())
                .as("nothing is tagged yet")
                .isEqualTo(404);
        assertThat(push("/v2/group/web/blobs/uploads/", Bcrypt.basic("oidc", token))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_client_gets_a_token_of_the_registry_for_it_and_the_rules_still_hold() throws IOException {
        var job = Bcrypt.basic("oidc", github.signed(github.job("acme/web", MAIN)));
        var answer = server.get("/token?scope=repository:acme/web:pull,push", "Authorization", job);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var token = new ObjectMapper().readTree(answer.body()).get("token").asText();
        assertThat(push(UPLOADS, "Bearer " + token).statusCode()).isEqualTo(202);
        assertThat(push("/v2/acme/other/blobs/uploads/", "Bearer " + token).statusCode())
                .isEqualTo(401);

        var branch = Bcrypt.basic("oidc", github.signed(github.job("acme/web", "refs/heads/dev")));
        var refused = new ObjectMapper()
                .readTree(server.get("/token?scope=repository:acme/web:pull,push", "Authorization", branch)
                        .body())
                .get("token")
                .asText();
        assertThat(push(UPLOADS, "Bearer " + refused).body()).contains("ref=refs/heads/dev, repository=acme/web");
    }

    @Test
    void another_claim_is_refused_and_the_answer_names_what_was_compared() {
        var branch = push(UPLOADS, Bcrypt.basic("oidc", github.signed(github.job("acme/web", "refs/heads/dev"))));
        assertThat(branch.statusCode()).isEqualTo(403);
        assertThat(branch.body())
                .contains("no access rule allows this token of issuer github to push to acme/web; its claims are"
                        + " ref=refs/heads/dev, repository=acme/web");
        assertThat(push(UPLOADS, Bcrypt.basic("oidc", github.signed(github.job("evil/web", MAIN))))
                        .statusCode())
                .isEqualTo(403);
        assertThat(push(UPLOADS, Bcrypt.basic("oidc", gitlab.signed(gitlab.job("acme/web", MAIN))))
                        .statusCode())
                .as("the same claims of another issuer")
                .isEqualTo(403);
        for (var repository : List.of("acme/web", "missing")) {
            assertThat(server.get(
                                    "/v2/" + repository + "/tags/list",
                                    "Authorization",
                                    Bcrypt.basic("oidc", github.signed(github.job("evil/web", MAIN))))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void a_token_that_is_not_good_is_refused_with_the_reason_and_locks_nobody_out() {
        for (var attempt = 0; attempt < 30; attempt++) {
            var claims = github.job("acme/web", MAIN);
            claims.put("aud", "registry" + attempt + ".example");
            var refused = push(UPLOADS, Bcrypt.basic("ci", github.signed(claims)));
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body())
                    .contains("the token of issuer github is for another audience than " + ScriptedIssuer.AUDIENCE);
        }
        assertThat(push(UPLOADS, Bcrypt.basic("ci", "secret")).statusCode()).isEqualTo(202);
    }

    @Test
    void an_issuer_that_is_away_refuses_its_own_tokens_alone_and_delays_nobody() throws InterruptedException {
        gitlab.dawdle();
        var waiting = Thread.ofVirtual()
                .start(() -> push(UPLOADS, Bcrypt.basic("oidc", gitlab.signed(gitlab.job("group/web", MAIN)))));
        var start = System.nanoTime();
        assertThat(push(UPLOADS, Bcrypt.basic("oidc", github.signed(github.job("acme/web", MAIN))))
                        .statusCode())
                .isEqualTo(202);
        assertThat(push(UPLOADS, Bcrypt.basic("ci", "secret")).statusCode()).isEqualTo(202);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        waiting.join();

        var away = push(UPLOADS, Bcrypt.basic("oidc", gitlab.signed(gitlab.job("group/web", MAIN))));
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.body()).contains("issuer gitlab does not answer, so its tokens cannot be verified");
        assertThat(away.headers().firstValue("Retry-After")).isPresent();
    }

    private static Map<String, Object> rule(Map<String, Object> subject, String repositories) {
        return Map.of(
                "subjects", List.of(subject),
                "repositories", List.of(repositories),
                "actions", List.of("pull", "push"));
    }

    private Map<String, Object> issuer(String name, ScriptedIssuer issuer) {
        return Map.of(
                "name",
                name,
                "issuer",
                issuer.url(),
                "audience",
                ScriptedIssuer.AUDIENCE,
                "certificateAuthority",
                folder.resolve("tls.crt").toString());
    }

    private HttpResponse<String> push(String path, String authorization) {
        return server.send("POST", path, "", "Authorization", authorization);
    }
}
