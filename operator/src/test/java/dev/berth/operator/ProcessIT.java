package dev.berth.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator as a process that can't begin: one sentence, one exit code, no stack trace. */
final class ProcessIT {
    @TempDir
    private Path folder;

    @Test
    void a_cluster_without_berth_s_kinds_is_said_to_be_that() throws Exception {
        var server = knowingNothing();
        try {
            assertEndsWith(
                    "http://127.0.0.1:" + server.getAddress().getPort(),
                    "Berth's CustomResourceDefinitions are missing; install them with: kubectl apply -k deploy/ (or -f crds/ alone)");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void help_is_printed_without_a_cluster_and_other_arguments_are_refused() throws Exception {
        assertThat(run(Map.of(), 0, "--help"))
                .startsWith("Berth's operator turns")
                .contains("BERTH_LOG_FORMAT=text");
        assertThat(run(Map.of(), 2, "start").strip())
                .endsWith("the operator takes no arguments but --config=FILE, and --help, which shows its settings");
    }

    @Test
    void a_settings_file_is_read_before_the_log_is_set_up_and_the_environment_overrides_it() throws Exception {
        var file = Files.writeString(folder.resolve("operator.yaml"), """
                logFormat: json
                port: eighty
                leaderElection: "true"
                """);
        var said = "operator.yaml is \\\"eighty\\\"; it should be a port, 0 to 65535\"";
        assertThat(run(Map.of(), 1, "--config=" + file)).startsWith("{").contains(said);
        assertThat(run(Map.of(), 1, "--config", file.toString())).contains(said);
        assertThat(run(Map.of("BERTH_PORT", "x", "BERTH_LOG_FORMAT", "text"), 1, "--config=" + file)
                        .strip())
                .endsWith("the environment variable BERTH_PORT is \"x\"; it should be a port, 0 to 65535");
    }

    @Test
    void a_settings_file_with_an_unknown_key_is_refused_in_one_line() throws Exception {
        var file = Files.writeString(folder.resolve("operator.yaml"), "watchNamespace: [team-a]\n");
        assertThat(run(Map.of(), 1, "--config=" + file).strip())
                .endsWith(file + " has an unknown key `watchNamespace`; did you mean `watchNamespaces`?");
    }

    @Test
    void as_json_the_log_is_an_object_a_line() throws Exception {
        var log = run(Map.of("BERTH_LOG_FORMAT", "json", "BERTH_PORT", "eighty"), 1);
        assertThat(log.lines()).singleElement().satisfies(line -> {
            var entry = new ObjectMapper().readTree(line);
            assertThat(entry.path("level").asText()).isEqualTo("ERROR");
            assertThat(entry.path("timestamp").isNumber()).isTrue();
            assertThat(entry.path("formattedMessage").asText())
                    .isEqualTo("the environment variable BERTH_PORT is \"eighty\"; it should be a port, 0 to 65535");
        });
    }

    private void assertEndsWith(String apiServer, String sentence) throws Exception {
        var output = run(Map.of("KUBECONFIG", kubeconfig(apiServer).toString()), 1);
        assertThat(output.lines())
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith(sentence));
    }

    /**
     * Runs an operator that ends by itself.
     *
     * @return what it printed
     */
    private String run(Map<String, String> environment, int exitCode, String... arguments) throws Exception {
        var output = folder.resolve("output");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlogback.configurationFile=logback.xml",
                OperatorProcess.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("it ends by itself")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(exitCode);
        return Files.readString(output);
    }

    private Path kubeconfig(String apiServer) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: none, cluster: {server: "%s"}}]
                contexts: [{name: none, context: {cluster: none, user: none}}]
                users: [{name: none, user: {}}]
                current-context: none
                """.formatted(apiServer));
    }

    private static HttpServer knowingNothing() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var body = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":404}".getBytes(UTF_8);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(404, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }
}
