package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.engine.DockerEngine;
import dev.berth.registry.engine.EngineAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** `berth-registry engine` with real Docker Engines of two versions, and a server as their registry. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EngineIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern FIRST_PROCESS = Pattern.compile("(?m)^ +1 0 +\\{hello} /bin/sh /bin/hello$");

    private List<String> paths = List.of();
    private Path sample = Path.of("");

    @BeforeAll
    void findEngines(@TempDir Path folder) throws IOException {
        var found = CommandRun.of(Map.of(), Duration.ofMinutes(10), List.of("bin/docker-engines"));
        found.orSkip("EngineIT", "Docker");
        paths = found.output()
                .lines()
                .filter(line -> line.startsWith("/"))
                .map(line -> line + ":" + System.getenv("PATH"))
                .toList();
        sample = folder.resolve("hello.tar");
        CommandRun.of(Map.of(), PATIENCE, List.of("../e2e/bin/sample-image", "hello:1", sample.toString()))
                .orFail();
    }

    Stream<String> engines() {
        return paths.stream();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void an_image_goes_through_a_private_registry_and_runs(String path, @TempDir Path home)
            throws IOException, InterruptedException {
        try (var registry = Registry.withPassword(home.resolve("registry"));
                var docker = DockerDaemon.plain(home, path)) {
            var berth = new Berth(docker.arguments(), home.resolve("config"));
            load(docker);
            var image = registry.image("team/hello");

            logIn(berth, registry);
            berth.engine("tag", "hello:1", image).orFail();
            var pushed = berth.engine("push", image).orFail();
            var digest = registry.digest("team/hello", "1");
            assertThat(pushed.answer()).isEqualTo("Pushed " + image + " (" + digest + ").");
            assertThat(pushed.output()).containsPattern("[0-9a-f]{12}: Pushed");

            berth.engine("rmi", "hello:1", image).orFail();
            assertThat(berth.engine("images").orFail().output()).doesNotContain("hello");
            assertThat(berth.engine("pull", image).orFail().answer())
                    .isEqualTo("Pulled " + image + " (" + digest + ").");
            runs(berth, image);
        }
    }

    /** Wrong, then right; before that, nothing is pushed. */
    private static void logIn(Berth berth, Registry registry) throws IOException {
        var stranger = berth.engine("pull", registry.image("team/hello"));
        assertThat(stranger.exitCode()).as(stranger.toString()).isEqualTo(6);
        assertThat(stranger.output()).contains("asks for a login for the image " + registry.image("team/hello"));

        var wrong =
                berth.typed("wrong", "login", "--username=" + Registry.USER, "--password-stdin", registry.address());
        assertThat(wrong.exitCode()).as(wrong.toString()).isEqualTo(6);
        assertThat(wrong.output()).contains("The registry " + registry.address() + " refuses the login");
        berth.typed(Registry.PASSWORD, "login", "--username=" + Registry.USER, "--password-stdin", registry.address())
                .orFail();
    }

    /** As a service and in the foreground; the process sees itself as the first of its machine. */
    private static void runs(Berth berth, String image) {
        berth.engine("run", "-d", "--name", "web", "-e", "MODE=quiet", image).orFail();
        assertThat(berth.engine("ps").orFail().output()).containsPattern(Pattern.quote(image) + " .*Up .* web");
        Awaitility.await("the container to say which processes it sees")
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(berth.engine("logs", "web").orFail().output())
                                .containsPattern(FIRST_PROCESS));
        assertThat(berth.engine("inspect", "web").orFail().output()).contains("\"MODE=quiet\"");

        var taken = berth.engine("run", "-d", "--name", "web", image);
        assertThat(taken.exitCode()).as(taken.toString()).isEqualTo(125);
        assertThat(taken.output()).contains("take another --name");

        berth.engine("stop", "web").orFail();
        assertThat(berth.engine("ps").orFail().output()).doesNotContain("web");
        assertThat(berth.engine("ps", "--all").orFail().output()).containsPattern("Exited \\(0\\).* web");
        berth.engine("rm", "web").orFail();

        var script = "echo to the output; echo to the errors >&2; exit 3";
        var ended = berth.engine("run", "--rm", "--entrypoint=/bin/sh", image, "-c", script);
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(3);
        assertThat(ended.output()).contains("to the output\n").contains("to the errors\n");
        assertThat(berth.engine("ps", "--all").orFail().output().lines()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_missing_image_a_missing_container_and_an_engine_that_is_away_are_told_apart(String path, @TempDir Path home)
            throws IOException {
        try (var registry = Registry.plain(home.resolve("registry"));
                var docker = DockerDaemon.plain(home, path)) {
            var berth = new Berth(docker.arguments(), home.resolve("config"));
            says(berth.engine("pull", registry.image("team/absent")), 7, "There is no such image");
            says(berth.engine("push", registry.image("team/absent")), 7, "There is no such image");
            says(berth.engine("run", registry.image("team/absent")), 125, "There is no such image");
            says(berth.engine("logs", "absent"), 7, "There is no such container");
            says(berth.engine("rmi", "absent:1"), 7, "There is no such image");
            says(berth.engine("rm", "absent"), 7, "There is no such container");
            assertThat(berth.engine("version").orFail().output()).containsPattern("Agreed on +API 1\\.[0-9]+");
            assertThat(berth.engine("info").orFail().output())
                    .contains(home.resolve("data").toString());

            var nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
            var readable = List.of("-H", "unix://" + docker.socket());
            says(new Berth(readable, home.resolve("config")).as(nobody, "ps"), 5, "This user may not open unix://");
            docker.daemon().process().destroy();
            Awaitility.await("the engine to end")
                    .atMost(PATIENCE)
                    .until(() -> !docker.daemon().process().isAlive());
            says(berth.engine("ps"), 5, "No Docker Engine answers at tcp://127.0.0.1:");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void an_engine_is_spoken_to_over_tls_with_certificates_of_both(String path, @TempDir Path home)
            throws IOException, GeneralSecurityException {
        IssuedCertificate.issue(1).write(home.resolve("certificates/server"));
        IssuedCertificate.issue(2).write(home.resolve("certificates/client"));
        try (var docker = DockerDaemon.secured(home, path, home.resolve("certificates"))) {
            var arguments = docker.arguments();
            var berth = new Berth(arguments, home.resolve("config"));
            assertThat(berth.engine("info").orFail().output())
                    .contains(home.resolve("data").toString());

            says(new Berth(arguments.subList(0, 4), home.resolve("config")).engine("info"), 5, "do not agree on TLS");
            says(new Berth(arguments.subList(0, 2), home.resolve("config")).engine("info"), 5, "speaks TLS");
        }
    }

    private void load(DockerDaemon docker) throws IOException {
        try (var engine = DockerEngine.connect(new EngineAddress.UnixSocket(docker.socket()));
                var tar = Files.newInputStream(sample)) {
            engine.images().load(tar, _ -> {});
        }
    }

    private static void says(CommandRun run, int code, String sentence) {
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(code);
        assertThat(run.output()).contains(sentence);
    }

    /** The program, with the engine that it is to use and a folder for its logins. */
    private record Berth(List<String> arguments, Path config) {
        CommandRun engine(String... words) {
            return as(List.of(), words);
        }

        /** Types a password. */
        CommandRun typed(String password, String... words) throws IOException {
            var file = Files.writeString(Files.createTempFile("password", ""), password + "\n");
            var shell = List.of("sh", "-c", "exec \"$@\" <" + file, "sh");
            try {
                return as(shell, words);
            } finally {
                Files.delete(file);
            }
        }

        CommandRun as(List<String> before, String... words) {
            var line = new ArrayList<>(before);
            line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            line.addAll(List.of(
                    "-jar",
                    Path.of("target", "berth-registry.jar").toAbsolutePath().toString(),
                    "engine"));
            line.addAll(arguments);
            line.addAll(List.of(words));
            return CommandRun.of(Map.of("DOCKER_CONFIG", config.toString()), line);
        }
    }
}
