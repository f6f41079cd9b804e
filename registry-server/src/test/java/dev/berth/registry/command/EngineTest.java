package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.engine.FakeEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `engine` prints, and how it ends. {@link dev.berth.registry.client.EngineIT} does the same with real engines. */
final class EngineTest {
    @TempDir
    private Path folder;

    private FakeEngine fake;

    @BeforeEach
    void open() {
        fake = FakeEngine.on(folder.resolve("docker.sock"));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void containers_are_listed_in_columns() {
        fake.on("GET /containers/json", 200, """
                [{"Id":"0123456789abcdef","Image":"web:1","Command":"/bin/web --with many and long arguments","Status":"Up 2 hours",
                  "Ports":[{"IP":"0.0.0.0","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},{"PrivatePort":53,"Type":"udp"}],
                  "Names":["/web"]}]""");
        var run = engine("ps");
        assertThat(run.code()).isZero();
        assertThat(run.out().lines())
                .containsExactly(
                        "CONTAINER ID  IMAGE  COMMAND                         STATUS      PORTS                         NAMES",
                        "0123456789ab  web:1  /bin/web --with many and long   Up 2 hours  0.0.0.0:8080->80/tcp, 53/udp  web");
        assertThat(fake.asked().getLast().line()).endsWith("/containers/json?all=false");
    }

    @Test
    void each_name_of_an_image_has_a_row_and_no_text_controls_the_terminal() {
        fake.on("GET /images/json", 200, """
                [{"Id":"sha256:0123456789abcdef","RepoTags":["web:1","web:\\u001b[2J"],"Created":0,"Size":1048576},
                 {"Id":"sha256:fedcba9876543210","RepoTags":null,"Created":0,"Size":1}]""");
        assertThat(engine("images").out().lines())
                .containsExactly(
                        "IMAGE     ID            CREATED               SIZE",
                        "web:1     0123456789ab  1970-01-01T00:00:00Z  1.0 MiB",
                        "web: [2J  0123456789ab  1970-01-01T00:00:00Z  1.0 MiB",
                        "<none>    fedcba987654  1970-01-01T00:00:00Z  1 B");
    }

    @Test
    void a_pull_shows_each_state_of_a_layer_and_ends_with_the_digest() {
        fake.on("POST /images/create", 200, """
                {"status":"Downloading","progressDetail":{"current":1,"total":2},"id":"aaa"}
                {"status":"Pull complete","id":"aaa"}
                """).on("GET /images/localhost:5000/web:1/json", 200, """
                {"RepoDigests":["localhost:5000/web@sha256:abc"]}""");
        var run = engine("pull", "localhost:5000/web:1");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("Pulled localhost:5000/web:1 (sha256:abc).\n");
        assertThat(engine("pull", "--json", "localhost:5000/web:1").out())
                .isEqualTo("{\"image\":\"localhost:5000/web:1\",\"digest\":\"sha256:abc\"}\n");
    }

    @Test
    void what_went_wrong_decides_the_exit_code() {
        ends(
                5,
                "No Docker Engine answers",
                CommandRun.of("engine", "-H", "unix://" + folder.resolve("none.sock"), "ps"));
        ends(2, "is no address of a Docker Engine", CommandRun.of("engine", "-H", "ftp://x", "ps"));
        ends(2, "exclude each other", CommandRun.of("engine", "-H", "tcp://x", "-c", "y", "ps"));
        ends(2, "is no name of an image", engine("pull", "Web"));
        ends(7, "There is no such container", engine("logs", "web"));
        fake.on("POST /images/create", 500, "{\"message\":\"unauthorized: authentication required\"}");
        ends(6, "asks for a login", engine("pull", "localhost:5000/web"));
        fake.on("POST /images/create", 500, "{\"message\":\"no space left on device\"}");
        ends(
                1,
                "Docker refuses the image localhost:5000/web:latest: no space left on device.",
                engine("pull", "localhost:5000/web"));
    }

    @Test
    void of_several_containers_one_that_is_missing_does_not_keep_the_others() {
        fake.on("DELETE /containers/one", 204, "").on("DELETE /containers/three", 204, "");
        fake.on("DELETE /containers/two", 404, "{\"message\":\"No such container: two\"}");
        var run = engine("rm", "one", "two", "three");
        ends(7, "There is no such container: No such container: two", run);
        assertThat(run.out()).isEqualTo("one\nthree\n");
    }

    @Test
    void words_after_the_image_belong_to_the_containers_command() {
        fake.on("POST /containers/create", 201, "{\"Id\":\"abc\"}").on("POST /containers/abc/start", 204, "");
        var run = engine("run", "-d", "--name", "web", "-e", "K=V", "web:1", "serve", "-d", "--name=x");
        assertThat(run.out()).isEqualTo("abc\n");
        var body = fake.asked().stream()
                .filter(asked -> asked.line().contains("/containers/create?name=web"))
                .findFirst()
                .orElseThrow()
                .body();
        assertThat(body).contains("\"Cmd\":[\"serve\",\"-d\",\"--name=x\"]").contains("\"Env\":[\"K=V\"]");
    }

    @Test
    void a_container_that_can_not_be_started_is_removed_and_docker_is_the_reason() {
        fake.on("POST /containers/create", 201, "{\"Id\":\"abc\"}")
                .on("POST /containers/abc/start", 500, "{\"message\":\"port is already allocated\"}")
                .on("DELETE /containers/abc", 204, "");
        ends(125, "port is already allocated", engine("run", "-d", "-p", "80:80", "web:1"));
        assertThat(fake.asked().getLast().line()).contains("DELETE");
    }

    @Test
    void the_versions_of_both_are_shown() {
        assertThat(engine("version").out())
                .contains("Docker         26.1.5, API 1.24 to 1.45, at unix://" + folder.resolve("docker.sock"))
                .contains("Agreed on      API 1.45");
    }

    @Test
    void a_name_is_inspected_as_a_container_and_else_as_an_image() {
        fake.on("GET /containers/web/json", 404, "{\"message\":\"No such container: web\"}")
                .on("GET /images/web/json", 200, "{\"Id\":\"sha256:abc\"}");
        assertThat(engine("inspect", "web").out()).contains("\"Id\" : \"sha256:abc\"");
    }

    private CommandRun engine(String... words) {
        var line = new ArrayList<>(List.of("engine", "-H", "unix://" + folder.resolve("docker.sock")));
        line.addAll(List.of(words));
        return CommandRun.of(line.toArray(String[]::new));
    }

    private static void ends(int code, String sentence, CommandRun run) {
        assertThat(run.err()).contains(sentence);
        assertThat(run.code()).as(run.toString()).isEqualTo(code);
    }
}
