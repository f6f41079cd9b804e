package dev.berth.registry.node.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program that kubelet runs, in the shells that nodes have. */
final class CredentialProgramTest {
    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln-_x";
    private static final String OWN = "*.team-a.svc";

    @TempDir
    private Path folder;

    private Path program;

    /** An answer, and what the program said beside it. */
    private record Output(String line, String errors) {}

    @BeforeEach
    void install() {
        var settings =
                new CredentialSettings(Path.of("/credentials"), folder, List.of(TokenScope.ofRegistries("team-a")));
        new CredentialProvider(settings).install();
        program = folder.resolve("bin/berth-team-a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/usr/bin/busybox"})
    void a_pod_s_token_is_the_password_for_the_registry_of_its_image(String shell) throws Exception {
        assumeThat(Path.of(shell)).as("this machine has " + shell).exists();
        for (var image : List.of("apps.team-a.svc/web", "apps.team-a.svc/web:1", "apps.team-a.svc/a/b@sha256:0f")) {
            assertThat(auth(run(in(shell), request(image), OWN))).as(image).isEqualTo(auth("apps.team-a.svc", TOKEN));
        }
        assertThat(auth(run(in(shell), request("quay.io/acme/web"), OWN, "quay.io/acme")))
                .isEqualTo(auth("quay.io/acme", TOKEN));
        assertThat(auth(run(in(shell), request("registry.example:5000/web"), OWN, "registry.example:5000")))
                .isEqualTo(auth("registry.example:5000", TOKEN));
        for (var image : List.of("apps.team-b.svc/web", "a'b\"$(touch /tmp/x)`id`/web", "apps.team-a.svc")) {
            assertThat(run(in(shell), request(image), OWN)).as(image).satisfies(CredentialProgramTest::isNothing);
        }
    }

    @Test
    void kubelet_can_run_it_as_it_stands_and_reads_its_answer() throws Exception {
        var answer = run(List.of(program.toString()), request("apps.team-a.svc/web"), OWN);
        var json = new ObjectMapper().readTree(answer.line());
        assertThat(json.get("kind").asText()).isEqualTo("CredentialProviderResponse");
        assertThat(json.get("apiVersion").asText()).isEqualTo("credentialprovider.kubelet.k8s.io/v1");
        assertThat(json.get("cacheKeyType").asText()).isEqualTo("Image");
        assertThat(json.get("cacheDuration").asText()).as("no token is kept").isEqualTo("0s");
        assertThat(answer.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apps.team-b.svc/web",
                "apps.team-a.svc.evil.example/web",
                "evil.example/apps.team-a.svc/web",
                "evil.example/web@apps.team-a.svc/x",
                "user@apps.team-a.svc/web",
                "evil.example:443/apps.team-a.svc",
                "apps.team-a.svc:5000/web",
                "apps.team-a.svc@evil.example/web",
                "a.apps.team-a.svc/web",
                ".team-a.svc/web",
                "-.team-a.svc/web",
                "*.team-a.svc/web",
                "APPS.team-a.svc/web",
                "apps.Team-a.svc/web",
                "appsXteam-a.svc/web",
                "apps.team-a.svcx/web",
                "https://apps.team-a.svc/web",
                "apps.team-a.svc",
                "apps.team-a.svc/web evil.example/web",
                "apps.team-a.svc/web\tx",
                "apps.team-a.svc/$(id)",
                "apps.team-a.svc/`id`",
                "apps.team-a.svc/web;id",
                "apps.team-a.svc/wéb",
                "quay.io/acme/web",
                "/web",
                "web",
                ""
            })
    void an_image_of_another_registry_and_an_odd_name_get_no_credentials(String image) throws Exception {
        assertThat(run(List.of(program.toString()), request(image), OWN)).satisfies(CredentialProgramTest::isNothing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quay.io/acmeevil/web",
                "quay.io/acme",
                "quay.io/acme/",
                "quay.io/web",
                "quay.io/x/acme/web",
                "quay.io.evil.example/acme/web",
                "evil.example/quay.io/acme/web",
                "quay.io:443/acme/web"
            })
    void only_images_below_the_path_of_a_mirror_get_credentials(String image) throws Exception {
        assertThat(run(List.of(program.toString()), request(image), "quay.io/acme"))
                .satisfies(CredentialProgramTest::isNothing);
    }

    @Test
    void a_request_that_is_not_kubelet_s_gets_no_credentials() throws Exception {
        var good = request("apps.team-a.svc/web");
        for (var request : List.of(
                "",
                "{}",
                "null",
                "[" + good + "]",
                good + "\n" + good,
                "\n" + good,
                good.replace("apps.", "apps\\u002e"),
                good.replace("\"image\":\"apps", "\"image\":\"evil.example/x\\\",\\\"image\\\":\\\"apps"),
                good.replace("}", ",\"image\":\"apps.team-a.svc/other\"}"),
                good.replace("}", ", \"image\" : \"evil.example/other\"}"),
                good.replace("}", ",\"serviceAccountAnnotations\":{\"image\":\"apps.team-a.svc/x\"}}"),
                good.replace("}", ",\"serviceAccountAnnotations\":{\"serviceAccountToken\":\"eyJ.x.y\"}}"),
                good.replace("}", ",\"serviceAccountToken\":\"eyJ.x.y\"}"),
                good.replace(TOKEN, ""),
                good.replace(TOKEN, "a\"b"),
                good.replace(TOKEN, "a b"),
                good.replace(TOKEN, "$(id)"),
                good.replace("\"image\":\"apps.team-a.svc/web\",", ""),
                good.replace(",\"serviceAccountToken\":\"" + TOKEN + "\"", ""),
                good.replace("CredentialProviderRequest", "Request"),
                good.replace("k8s.io/v1\"", "k8s.io/v1beta1\""),
                good.replace("{", "{ ").replace(":", ": "))) {
            assertThat(run(List.of(program.toString()), request, OWN))
                    .as(request)
                    .satisfies(CredentialProgramTest::isNothing);
        }
    }

    @Test
    void annotations_and_a_missing_end_of_line_do_no_harm() throws Exception {
        var annotated = request("apps.team-a.svc/web").replace("}", ",\"serviceAccountAnnotations\":{\"a/b\":\"c\"}}");
        assertThat(auth(run(List.of(program.toString()), annotated, OWN))).isEqualTo(auth("apps.team-a.svc", TOKEN));
        assertThat(auth(run(List.of(program.toString()), annotated.strip(), OWN)))
                .isEqualTo(auth("apps.team-a.svc", TOKEN));
    }

    @Test
    void without_a_pattern_nobody_gets_credentials_and_an_odd_pattern_matches_nothing() throws Exception {
        var good = request("apps.team-a.svc/web");
        assertThat(run(List.of(program.toString()), good)).satisfies(CredentialProgramTest::isNothing);
        for (var pattern : List.of("", "*", "*.*.svc", "apps.*.svc", "apps*", "[a-z]*", "?pps.team-a.svc", "*/web")) {
            assertThat(run(List.of(program.toString()), good, pattern))
                    .as(pattern)
                    .satisfies(CredentialProgramTest::isNothing);
        }
    }

    private static String request(String image) {
        return """
                {"kind":"CredentialProviderRequest","apiVersion":"credentialprovider.kubelet.k8s.io/v1",\
                "image":"%s","serviceAccountToken":"%s"}
                """.formatted(image, TOKEN);
    }

    private List<String> in(String shell) {
        return shell.endsWith("busybox")
                ? List.of(shell, "sh", program.toString())
                : List.of(shell, program.toString());
    }

    /** Runs it with an empty environment, as little as kubelet may give it. */
    private Output run(List<String> command, String request, String... patterns) throws Exception {
        var all = new ArrayList<>(command);
        all.addAll(List.of(patterns));
        var errors = folder.resolve("errors");
        var process = new ProcessBuilder(all).redirectError(errors.toFile());
        process.environment().clear();
        var running = process.start();
        try (var input = running.getOutputStream()) {
            input.write(request.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            assertThat(e).as("it may end before it has read everything").hasMessageContaining("pipe");
        }
        var line = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(running.exitValue()).isZero();
        return new Output(line, Files.readString(errors));
    }

    private static JsonNode auth(Output output) throws JsonProcessingException {
        return new ObjectMapper().readTree(output.line()).get("auth");
    }

    private static JsonNode auth(String registry, String token) {
        var auth = new ObjectMapper().createObjectNode();
        auth.putObject(registry).put("username", "serviceaccount").put("password", token);
        return auth;
    }

    private static void isNothing(Output output) {
        assertThat(output.line()).endsWith("\"auth\":{}}\n").doesNotContain(TOKEN);
        assertThat(output.errors())
                .startsWith("no credentials: ")
                .hasLineCount(1)
                .doesNotContain(TOKEN);
    }
}
