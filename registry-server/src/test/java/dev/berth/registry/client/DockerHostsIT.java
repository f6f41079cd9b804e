package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `berth-registry node --docker-hosts` with real Docker Engines, one of which is away. */
final class DockerHostsIT {
    private static final Duration FETCH = Duration.ofMinutes(10);

    @Test
    void every_engine_that_answers_gets_the_images_and_the_others_are_told(@TempDir Path folder)
            throws IOException, InterruptedException {
        var found = CommandRun.of(Map.of(), FETCH, List.of("bin/docker-engines"));
        found.orSkip("DockerHostsIT", "Docker");
        var paths = found.output().lines().filter(line -> line.startsWith("/")).toList();
        try (var registry = Registry.withPassword(folder.resolve("registry"));
                var first = daemon(folder, "first", paths.getFirst());
                var second = daemon(folder, "second", paths.getLast())) {
            push(registry, first, folder);
            var hosts = Files.writeString(
                    folder.resolve("hosts.yaml"), """
                    hosts:
                    - name: %s
                      endpoint: http://%s
                      preload: {images: ["team/hello:1"], nodes: []}
                    """.formatted(registry.address(), registry.address()));
            var engines = folder.resolve("engines");

            Files.writeString(engines, address(first) + "\n" + address(second) + "\n");
            var all = node(folder, "--hosts=" + hosts, "--docker-hosts=" + engines, "--once");
            assertThat(all.exitCode()).as(all.toString()).isZero();
            assertThat(all.output())
                    .contains(address(first) + ": 1 of 1 image\n", address(second) + ": 1 of 1 image\n");
            assertThat(engine(folder, second, "images").orFail().output()).contains(registry.image("team/hello"));

            var away = "tcp://" + LoopbackPort.free();
            Files.writeString(engines, away + "\n" + address(first) + "\n");
            var some = node(folder, "--hosts=" + hosts, "--docker-hosts=" + engines, "--once");
            assertThat(some.exitCode()).as(some.toString()).isEqualTo(1);
            assertThat(some.output())
                    .contains(address(first) + ": 1 of 1 image\n")
                    .containsPattern(away + ": .+");

            logIn(folder, registry, "wrong");
            var refused = node(folder, "--hosts=" + hosts, "--docker-hosts=" + engines, "--once");
            assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
            assertThat(refused.output())
                    .contains(address(first) + ": 0 of 1 image: " + registry.image("team/hello") + ": ");
        }
    }

    private static DockerDaemon daemon(Path folder, String name, String path) throws IOException {
        return DockerDaemon.plain(Files.createDirectories(folder.resolve(name)), path + ":" + System.getenv("PATH"));
    }

    private static void push(Registry registry, DockerDaemon docker, Path folder) throws IOException {
        logIn(folder, registry, Registry.PASSWORD);
        var archive = folder.resolve("hello.tar").toString();
        var image = registry.image("team/hello");
        CommandRun.of(Map.of(), FETCH, List.of("../e2e/bin/sample-image", image, archive))
                .orFail();
        CommandRun.of(
                        Map.of(),
                        List.of(
                                "curl",
                                "-sf",
                                "--unix-socket",
                                docker.socket().toString(),
                                "-H",
                                "Content-Type: application/x-tar",
                                "--data-binary",
                                "@" + archive,
                                "http://docker/images/load"))
                .orFail();
        engine(folder, docker, "push", image).orFail();
    }

    /** As `docker login` stores it. */
    private static void logIn(Path folder, Registry registry, String password) throws IOException {
        var auth =
                Base64.getEncoder().encodeToString((Registry.USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                folder.resolve("config.json"),
                "{\"auths\": {\"" + registry.address() + "\": {\"auth\": \"" + auth + "\"}}}");
    }

    private static String address(DockerDaemon docker) {
        return docker.arguments().getLast();
    }

    private static CommandRun node(Path folder, String... options) {
        return berth(folder, List.of("node"), options);
    }

    private static CommandRun engine(Path folder, DockerDaemon docker, String... words) {
        return berth(folder, List.of("engine", "-H", address(docker)), words);
    }

    private static CommandRun berth(Path folder, List<String> command, String... words) {
        var arguments = new ArrayList<>(command);
        arguments.addAll(List.of(words));
        return CommandRun.of(Map.of("DOCKER_CONFIG", folder.toString()), ServerProcess.command(arguments));
    }
}
