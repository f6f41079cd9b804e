package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImagesTest {
    private static final ImageName WEB = ImageName.parse("localhost:5000/team/web:1");
    private static final Optional<RegistryLogin> CI =
            Optional.of(RegistryLogin.password("localhost:5000", "ci", "ü?right~horse"));
    private static final String PULL = "POST /images/create";

    @TempDir
    private Path folder;

    private FakeEngine fake;
    private DockerEngine engine;

    @BeforeEach
    void open() {
        fake = FakeEngine.on(folder.resolve("docker.sock"));
        engine = DockerEngine.connect(fake.address());
    }

    @AfterEach
    void close() {
        engine.close();
        fake.close();
    }

    @Test
    void a_pull_names_the_image_and_hands_the_login_over_in_the_header() throws IOException {
        fake.on(PULL, 200, "{\"status\":\"Status: Image is up to date\"}\r\n");
        engine.images().pull(WEB, CI, _ -> {});

        var asked = fake.asked().getLast();
        assertThat(asked.line()).isEqualTo("POST /v1.45/images/create?fromImage=localhost%3A5000%2Fteam%2Fweb&tag=1");
        var header = Base64.getUrlDecoder().decode(asked.headers().get("X-Registry-Auth"));
        var login = new ObjectMapper().readTree(header);
        assertThat(login.path("username").asText()).isEqualTo("ci");
        assertThat(login.path("password").asText()).isEqualTo("ü?right~horse");
        assertThat(login.path("serveraddress").asText()).isEqualTo("localhost:5000");
    }

    @Test
    void a_short_name_means_docker_hub_and_a_digest_counts_more_than_a_tag() {
        assertThat(ImageName.parse("nginx")).hasToString("docker.io/library/nginx:latest");
        assertThat(ImageName.parse("me/web:2")).hasToString("docker.io/me/web:2");
        assertThat(ImageName.parse("index.docker.io/nginx")).hasToString("docker.io/library/nginx:latest");
        assertThat(ImageName.parse("apps.team-a.svc/web")).hasToString("apps.team-a.svc/web:latest");
        var digest = "sha256:" + "a".repeat(64);
        assertThat(ImageName.parse("[::1]:5000/web:1@" + digest)).hasToString("[::1]:5000/web@" + digest);
        for (var wrong : List.of("", "Web", "a b/web", "http://h/web", "h:port/web", "localhost/web:-", "../etc")) {
            assertThatExceptionOfType(EngineException.class)
                    .as(wrong)
                    .isThrownBy(() -> ImageName.parse(wrong))
                    .withMessageContaining("is no name of an image");
        }
    }

    @Test
    void the_progress_of_each_layer_is_reported() {
        fake.on(PULL, 200, """
                {"status":"Pulling from team/web","id":"1"}
                {"status":"Downloading","progressDetail":{"current":10,"total":100},"id":"1f2e3d4c5b6a"}

                {"status":"Pull complete","progressDetail":{},"id":"1f2e3d4c5b6a"}
                {"status":"a\\u001b[2Jb"}""");
        var events = new ArrayList<ProgressEvent>();
        engine.images().pull(WEB, Optional.empty(), events::add);

        var none = OptionalLong.empty();
        assertThat(events)
                .containsExactly(
                        new ProgressEvent("1", "Pulling from team/web", none, none),
                        new ProgressEvent("1f2e3d4c5b6a", "Downloading", OptionalLong.of(10), OptionalLong.of(100)),
                        new ProgressEvent("1f2e3d4c5b6a", "Pull complete", none, none),
                        new ProgressEvent("", "a [2Jb", none, none));
    }

    @Test
    void an_error_inside_a_stream_with_status_200_is_an_error() {
        fake.on(PULL, 200, """
                {"status":"Pulling from team/web","id":"1"}
                {"errorDetail":{"message":"write /var/lib/docker: no space left on device"},"error":"…"}
                """);
        pullFails(EngineFailure.Refused.class, "no space left on device");
    }

    @Test
    void a_refused_login_a_missing_login_and_a_missing_image_are_told_apart() {
        fake.on(PULL, 500, "{\"message\":\"Head \\\"http://localhost:5000/v2/\\\": no basic auth credentials\"}");
        pullFails(EngineFailure.LoginRefused.class, "asks for a login for the image localhost:5000/team/web:1");

        fake.on(PULL, 500, "{\"message\":\"unauthorized: authentication required\"}");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.images().pull(WEB, CI, _ -> {}))
                .withMessageStartingWith("The registry localhost:5000 refuses the login")
                .withMessageNotContaining("horse");

        fake.on(PULL, 404, "{\"message\":\"manifest for localhost:5000/team/web:1 not found: manifest unknown\"}");
        pullFails(EngineFailure.ImageMissing.class, "There is no such image: manifest for localhost:5000/team/web:1");
    }

    @Test
    void a_port_or_a_name_that_looks_like_a_refused_login_is_none() {
        for (var name :
                List.of("localhost:40129/team/web", "localhost:5000/team/unauthorized", "localhost:5000/denied:401")) {
            fake.on(PULL, 404, "{\"message\":\"manifest for " + name + " not found: manifest unknown\"}");
            pullFails(EngineFailure.ImageMissing.class, "There is no such image: manifest for " + name);
        }
    }

    @Test
    void an_image_that_docker_hub_may_hide_asks_for_a_login_first_and_is_then_missing() {
        var hub = ImageName.parse("me/secret");
        fake.on(
                PULL,
                404,
                "{\"message\":\"pull access denied for me/secret, repository does not exist or may require"
                        + " 'docker login': denied: requested access to the resource is denied\"}");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.images().pull(hub, Optional.empty(), _ -> {}))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(EngineFailure.LoginRefused.class));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() ->
                        engine.images().pull(hub, Optional.of(RegistryLogin.password("docker.io", "me", "p")), _ -> {}))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(EngineFailure.ImageMissing.class));
    }

    @Test
    void a_registry_that_docker_does_not_trust_is_said_with_the_file_to_write() {
        fake.on(
                PULL,
                500,
                "{\"message\":\"tls: failed to verify certificate: x509: certificate signed by unknown authority\"}");
        pullFails(EngineFailure.Refused.class, "/etc/docker/certs.d/localhost:5000/ca.crt");
        fake.on(PULL, 500, "{\"message\":\"http: server gave HTTP response to HTTPS client\"}");
        pullFails(EngineFailure.Refused.class, "insecure-registries");
        fake.on(PULL, 500, "{\"message\":\"dial tcp: lookup localhost: no such host\"}");
        pullFails(EngineFailure.Refused.class, "can't reach the registry from its own machine");
    }

    @Test
    void a_stream_that_breaks_off_is_an_error() {
        fake.on(PULL, request -> {
            request.response().setChunked(true).write("{\"status\":\"Downloading\"}\r\n{\"stat");
            request.connection().close();
        });
        pullFails(EngineFailure.Broken.class, "can't be used");
    }

    @Test
    void a_line_without_an_end_is_given_up() {
        fake.on(PULL, 200, "{\"status\":\"" + "x".repeat(100_000));
        pullFails(EngineFailure.Broken.class, "a line is longer than 65536 bytes");
    }

    @Test
    void a_line_that_is_no_json_is_an_error() {
        fake.on(PULL, 200, "<html>\n");
        pullFails(EngineFailure.Broken.class, "a line is no JSON");
    }

    @Test
    void an_answer_without_an_end_is_given_up_and_held_in_bounded_memory() {
        fake.on("GET /images/json", request -> writeForEver(request.response().setChunked(true)));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.images().list())
                .withMessageContaining("it is longer than 33554432 bytes");
    }

    @Test
    void a_push_tells_the_digest() {
        fake.on("POST /images/localhost:5000/team/web/push", 200, """
                {"status":"The push refers to repository [localhost:5000/team/web]"}
                {"status":"Pushed","progressDetail":{},"id":"1f2e3d4c5b6a"}
                {"progressDetail":{},"aux":{"Tag":"1","Digest":"sha256:abc","Size":527}}
                """);
        assertThat(engine.images().push(WEB, CI, _ -> {})).contains("sha256:abc");
        assertThat(fake.asked().getLast().line()).isEqualTo("POST /v1.45/images/localhost:5000/team/web/push?tag=1");
    }

    @Test
    void a_push_of_an_image_that_docker_does_not_have_says_so() {
        fake.on(
                "POST /images/localhost:5000/team/web/push",
                200,
                "{\"errorDetail\":{\"message\":\"An image does not exist locally with the tag: localhost:5000/team/web\"}}\n");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.images().push(WEB, CI, _ -> {}))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(EngineFailure.ImageMissing.class));
    }

    @Test
    void a_tar_is_loaded_while_it_is_read() {
        fake.on("POST /images/load", 200, "{\"stream\":\"Loaded image: web:1\\n\"}\n");
        var events = new ArrayList<ProgressEvent>();
        engine.images().load(new ByteArrayInputStream(new byte[200_000]), events::add);
        assertThat(events).singleElement().extracting(ProgressEvent::status).isEqualTo("Loaded image: web:1");
        assertThat(fake.asked().getLast().body()).hasSize(200_000);
        assertThat(fake.asked().getLast().headers()).containsEntry("Content-Type", "application/x-tar");
    }

    @Test
    void an_image_is_tagged_and_its_names_are_removed() {
        fake.on("POST /images/web:1/tag", 201, "");
        engine.images().tag("web:1", WEB);
        assertThat(fake.asked().getLast().line())
                .isEqualTo("POST /v1.45/images/web:1/tag?repo=localhost%3A5000%2Fteam%2Fweb&tag=1");

        fake.on("DELETE /images/web:1", 200, "[{\"Untagged\":\"web:1\"},{\"Deleted\":\"sha256:abc\"}]");
        assertThat(engine.images().remove("web:1", false)).containsExactly("Untagged: web:1", "Deleted: sha256:abc");
    }

    @Test
    void a_name_that_would_lead_to_another_path_is_not_sent() {
        for (var wrong : List.of("../containers/json", "web?x=1", "a b", "")) {
            assertThatExceptionOfType(EngineException.class)
                    .as(wrong)
                    .isThrownBy(() -> engine.images().inspect(wrong))
                    .withMessageContaining("is no name of an image");
        }
        assertThat(fake.asked()).isEmpty();
    }

    @Test
    void a_login_that_works_may_give_a_token_in_place_of_the_password() {
        fake.on("POST /auth", 200, "{\"IdentityToken\":\"t\",\"Status\":\"Login Succeeded\"}");
        assertThat(engine.login(CI.orElseThrow())).isEqualTo(new RegistryLogin("localhost:5000", "", "t", true));
        fake.on(
                "POST /auth",
                500,
                "{\"message\":\"login attempt to http://localhost:5000/v2/ failed with status: 401 Unauthorized\"}");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.login(CI.orElseThrow()))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(EngineFailure.LoginRefused.class));
    }

    private static void writeForEver(HttpServerResponse response) {
        response.write("[".repeat(1 << 20)).onSuccess(_ -> writeForEver(response));
    }

    private void pullFails(Class<? extends EngineFailure> kind, String why) {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.images().pull(WEB, Optional.empty(), _ -> {}))
                .withMessageContaining(why)
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(kind));
    }
}
