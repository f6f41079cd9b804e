package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.engine.Containers.LogRange;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContainersTest {
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
    void a_container_is_made_as_its_options_say() throws IOException {
        fake.on("POST /containers/create", 201, "{\"Id\":\"abc\",\"Warnings\":[\"no swap\"]}");
        var spec = new ContainerSpec(
                "web:1",
                Optional.of("web"),
                List.of("serve", "--fast"),
                Optional.of("/bin/web"),
                List.of("K=V"),
                Map.of("team", "a"),
                List.of(PortMapping.parse("127.0.0.1:8080:80"), PortMapping.parse("53/udp")),
                List.of("data:/data:ro"),
                Optional.of("host"),
                Optional.of("on-failure:3"),
                Optional.of("1000"),
                Optional.of("/srv"),
                true,
                true);
        var created = engine.containers().create(spec);

        assertThat(created.id()).isEqualTo("abc");
        assertThat(created.warnings()).containsExactly("no swap");
        assertThat(fake.asked().getLast().line()).isEqualTo("POST /v1.45/containers/create?name=web");
        assertThat(new ObjectMapper().readTree(fake.asked().getLast().body()))
                .isEqualTo(new ObjectMapper().readTree("""
                {"Image":"web:1","Tty":true,"Cmd":["serve","--fast"],"Entrypoint":["/bin/web"],"Env":["K=V"],
                 "Labels":{"team":"a"},"User":"1000","WorkingDir":"/srv","ExposedPorts":{"80/tcp":{},"53/udp":{}},
                 "HostConfig":{"AutoRemove":true,"Binds":["data:/data:ro"],"NetworkMode":"host",
                  "PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"}],"53/udp":[{"HostIp":"","HostPort":""}]},
                  "RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3}}}"""));
    }

    @Test
    void a_mapping_of_ports_that_is_none_is_refused_with_what_to_write() {
        assertThat(PortMapping.parse("[::1]:8080:80/tcp")).isEqualTo(new PortMapping("::1", "8080", "80/tcp"));
        for (var wrong : List.of("", "web", "0:80", "80:99999", "1:2:3:4", "8080:80/icmp")) {
            assertThatExceptionOfType(EngineException.class)
                    .as(wrong)
                    .isThrownBy(() -> PortMapping.parse(wrong))
                    .withMessageContaining("write HOST_PORT:CONTAINER_PORT");
        }
    }

    @Test
    void a_container_whose_image_is_missing_is_told_apart_from_a_container_that_is_missing() {
        fake.on("POST /containers/create", 404, "{\"message\":\"No such image: web:1\"}");
        fails(
                EngineFailure.ImageMissing.class,
                () -> engine.containers().create(ContainerSpec.rootTask("web:1", List.of(), List.of())));
        fake.on("POST /containers/web/start", 404, "{\"message\":\"No such container: web\"}");
        fails(EngineFailure.ContainerMissing.class, () -> engine.containers().start("web"));
        fake.on(
                "POST /containers/create",
                409,
                "{\"message\":\"The container name \\\"/web\\\" is already in use by container abc\"}");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.containers().create(ContainerSpec.rootTask("web:1", List.of(), List.of())))
                .withMessageContaining("take another --name");
    }

    @Test
    void the_exit_code_is_waited_for() {
        fake.on("POST /containers/web/wait", 200, "{\"StatusCode\":3}");
        assertThat(engine.containers().await("web", Duration.ofSeconds(10))).isEqualTo(3);
        fake.on("POST /containers/web/wait", 200, "{\"StatusCode\":0,\"Error\":{\"Message\":\"lost\"}}");
        fails(EngineFailure.Broken.class, () -> engine.containers().await("web", Duration.ofSeconds(10)));
    }

    @Test
    void a_wait_ends_at_its_limit() {
        fake.on("POST /containers/web/wait", _ -> {});
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.containers().await("web", Duration.ofMillis(200)))
                .withMessageContaining("no answer within 0 s");
    }

    @Test
    void a_container_is_stopped_and_removed_and_one_that_does_not_run_is_left_as_it_is() {
        fake.on("POST /containers/web/stop", 304, "").on("DELETE /containers/web", 204, "");
        engine.containers().stop("web", Duration.ofSeconds(7));
        engine.containers().remove("web", true);
        assertThat(fake.asked().stream().map(FakeEngine.Asked::line))
                .containsExactly(
                        "POST /v1.45/containers/web/stop?t=7", "DELETE /v1.45/containers/web?force=true&v=true");
    }

    @Test
    void output_and_errors_of_a_log_are_told_apart() {
        log(false, frame(1, "out\n"), frame(2, "err\n"), frame(1, "x".repeat(100_000)));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        engine.containers().logs("web", new LogRange(true, Optional.of(5), true, Duration.ofSeconds(10)), out, err);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("out\n" + "x".repeat(100_000));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("err\n");
        assertThat(fake.asked().getLast().line())
                .isEqualTo("GET /v1.45/containers/web/logs?follow=true&stderr=true&stdout=true&tail=5&timestamps=true");
    }

    @Test
    void the_log_of_a_container_with_a_terminal_is_passed_on_as_it_is() {
        log(true, Buffer.buffer("\u0001\u0000 no frame"));
        assertThat(read()).isEqualTo("\u0001\u0000 no frame");
    }

    @Test
    void a_log_that_ends_within_a_frame_or_has_none_is_an_error() {
        log(false, frame(1, "whole"), Buffer.buffer(new byte[] {1, 0, 0, 0, 0, 0, 0, 9, 'x'}));
        fails(EngineFailure.Broken.class, this::read);
        log(false, Buffer.buffer(new byte[] {1, 0, 0}));
        fails(EngineFailure.Broken.class, this::read);
        log(false, Buffer.buffer("HTTP/1.1 200 OK"));
        fails(EngineFailure.Broken.class, this::read);
        log(false, frame(3, "the log's driver failed"));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(this::read)
                .withMessageContaining("the engine says: the log's driver failed");
    }

    @Test
    void a_log_that_says_nothing_any_more_is_given_up() {
        log(false);
        fake.on(
                "GET /containers/web/logs",
                request -> request.response().setChunked(true).write(frame(1, "first")));
        var range = new LogRange(false, Optional.empty(), false, Duration.ofMillis(200));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.containers()
                        .logs("web", range, new ByteArrayOutputStream(), new ByteArrayOutputStream()))
                .withMessageContaining("nothing came for 0 s");
    }

    @Test
    void names_with_odd_letters_stay_within_their_part_of_the_path() {
        fails(EngineFailure.ContainerMissing.class, () -> engine.containers().inspect("../images?x"));
        assertThat(fake.asked().getLast().line()).isEqualTo("GET /v1.45/containers/..%2Fimages%3Fx/json");
    }

    private String read() {
        var out = new ByteArrayOutputStream();
        engine.containers().logs("web", LogRange.UNTIL_NOW, out, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private void log(boolean terminal, Buffer... pieces) {
        fake.on("GET /containers/web/json", 200, "{\"Config\":{\"Tty\":" + terminal + "}}");
        fake.on("GET /containers/web/logs", request -> {
            var response = request.response().setChunked(true);
            for (var piece : pieces) {
                response.write(piece);
            }
            response.end();
        });
    }

    private static Buffer frame(int stream, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return Buffer.buffer()
                .appendByte((byte) stream)
                .appendBytes(new byte[3])
                .appendInt(bytes.length)
                .appendBytes(bytes);
    }

    private static void fails(Class<? extends EngineFailure> kind, Runnable action) {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(action::run)
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(kind));
    }
}
