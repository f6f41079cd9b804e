package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.reference.Algorithm;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is run: what it says, what it takes up while it runs, how it ends. */
final class ServeIT {
    private static final Duration RELOADED = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void it_says_where_it_is_where_its_data_are_and_how_to_push() throws IOException, InterruptedException {
        try (var server = ServerProcess.start(folder)) {
            assertThat(get(server.url("/v2/")).statusCode()).isEqualTo(200);
            assertThat(server.output())
                    .contains("data in " + folder.resolve("data"))
                    .contains("Open to everybody who can reach it")
                    .contains("docker push localhost:" + server.port() + "/IMAGE");
        }
    }

    @Test
    void health_metrics_and_status_are_on_the_management_port_alone() throws IOException, InterruptedException {
        try (var server = ServerProcess.start(folder)) {
            get(server.url("/v2/absent/manifests/x"));
            assertThat(get(server.management("/livez")).body()).isEqualTo("ok\n");
            assertThat(get(server.management("/readyz")).statusCode()).isEqualTo(200);
            assertThat(get(server.management("/metrics")).body())
                    .contains("berth_http_requests_seconds_count{method=\"GET\","
                            + "route=\"/v2/<name>/manifests/<reference>\",status=\"404\"} 1")
                    .contains("berth_storage_capacity_bytes");
            var status = new ObjectMapper()
                    .readTree(get(server.management("/status")).body());
            assertThat(status.get("version").asText()).startsWith("0.");
            assertThat(status.get("blobs").asInt()).isZero();
            assertThat(status.at("/storage/capacityBytes").asLong()).isPositive();
        }
    }

    @Test
    void a_port_that_is_asked_for_what_is_on_the_other_says_which_it_is_and_where_the_other_is() throws Exception {
        try (var server = ServerProcess.start(folder)) {
            for (var path : new String[] {"/status", "/metrics", "/livez", "/readyz"}) {
                assertThat(get(server.url(path)).statusCode()).isEqualTo(404);
                assertThat(get(server.url(path)).body())
                        .contains("it serves images; health, metrics and status are on the management port", "5001");
            }
            assertThat(get(server.url("/")).body()).contains("it serves images to clients such as docker, below /v2/");
            for (var path : new String[] {"/v2/", "/v2/team/web/manifests/1", "/"}) {
                assertThat(get(server.management(path)).statusCode()).isEqualTo(404);
                assertThat(get(server.management(path)).body())
                        .contains(
                                "it is the management port, for health, metrics and status; images are served on port "
                                        + server.port() + "\"");
            }
        }
    }

    @Test
    void a_log_for_machines_is_an_object_a_line() throws IOException {
        var config = Files.writeString(folder.resolve("config.yaml"), """
                http: {host: 127.0.0.1, port: 0}
                management: {port: 0}
                storage: {filesystem: {path: %s}}
                log: {format: json}
                """.formatted(folder.resolve("data")));
        try (var server = ServerProcess.start(folder, "--config", config.toString())) {
            assertThat(server.output().lines().toList())
                    .allSatisfy(line -> assertThat(new ObjectMapper()
                                    .readTree(line)
                                    .get("message")
                                    .asText())
                            .isNotEmpty());
        }
    }

    @Test
    void each_request_is_a_line_when_the_access_log_is_on_and_its_fields_have_types() throws Exception {
        var config = Files.writeString(folder.resolve("config.yaml"), """
                http: {host: 127.0.0.1, port: 0}
                management: {port: 0}
                storage: {filesystem: {path: %s}}
                log: {format: json, access: true}
                """.formatted(folder.resolve("data")));
        try (var server = ServerProcess.launch(folder, "--config", config.toString())) {
            Awaitility.await("a server that serves").atMost(RELOADED).until(() -> server.hasSaid("To push:"));
            get(server.url("/v2/absent/manifests/x?ns=docker.io"));
            Awaitility.await("the line").atMost(RELOADED).until(() -> server.hasSaid("\"logger\":\"access\""));
            var line = server.output()
                    .lines()
                    .filter(text -> text.contains("\"logger\":\"access\""))
                    .findFirst()
                    .orElseThrow();
            var json = new ObjectMapper().readTree(line);
            assertThat(json.get("path").asText()).isEqualTo("/v2/absent/manifests/x");
            assertThat(json.get("status").isInt()).isTrue();
            assertThat(json.get("status").asInt()).isEqualTo(404);
            assertThat(json.get("sent").asLong()).isPositive();
            assertThat(json.get("user").asText()).isEqualTo("-");
            assertThat(json.get("agent").asText()).startsWith("Java-http-client");
            assertThat(json.get("level").asText()).isEqualTo("INFO");
        }
    }

    @Test
    void users_are_read_again_when_their_file_changes() throws IOException, InterruptedException {
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("ci", "old"));
        try (var server = ServerProcess.start(folder, "--users=" + users)) {
            assertThat(login(server, "old")).isEqualTo(200);
            assertThat(login(server, "new")).isEqualTo(401);

            Files.writeString(users, "rubbish");
            Awaitility.await("the log to say what is wrong")
                    .atMost(RELOADED)
                    .until(() -> server.hasSaid("The server keeps its configuration"));
            assertThat(login(server, "old")).isEqualTo(200);

            Files.writeString(users, Bcrypt.line("ci", "new"));
            Awaitility.await("the new password to be taken").atMost(RELOADED).until(() -> login(server, "new") == 200);
            assertThat(login(server, "old")).isEqualTo(401);
            assertThat(new ObjectMapper()
                            .readTree(get(server.management("/status")).body())
                            .get("configurationRevision")
                            .asText())
                    .isEqualTo(sha256(Files.readAllBytes(users)));
        }
    }

    @Test
    void rules_are_read_again_when_kubernetes_swaps_the_folder() throws IOException, InterruptedException {
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("ci", "secret"));
        swap("first", rules(users, "pull"));
        try (var server = ServerProcess.start(
                folder, "--config", folder.resolve("mount/config.yaml").toString())) {
            assertThat(upload(server)).isEqualTo(403);
            swap("second", rules(users, "push"));
            Awaitility.await("the new rule to be taken").atMost(RELOADED).until(() -> upload(server) == 202);
        }
    }

    @Test
    void what_is_under_way_may_finish_when_the_server_is_told_to_end() throws IOException, InterruptedException {
        var server = ServerProcess.start(folder);
        // More than an upload holds in memory: then there is a file to wait for.
        var blob = "slowly".repeat(20_000);
        var digest = Algorithm.SHA256.digestOf(blob.getBytes(StandardCharsets.UTF_8));
        try (server;
                var slow = new Socket("localhost", server.port())) {
            var out = slow.getOutputStream();
            out.write(("POST /v2/a/blobs/uploads/?digest=" + digest
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + blob.length() + "\r\n\r\n"
                            + blob.substring(0, blob.length() - 2))
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Awaitility.await("the upload to be under way").until(() -> uploadStarted());
            server.terminate();
            Awaitility.await("the server to be ending").until(() -> server.hasSaid("Ending"));
            Awaitility.await("new connections to be refused").until(() -> refusesConnections(server));
            out.write(blob.substring(blob.length() - 2).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            var answer = new String(slow.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(answer).isEqualTo("HTTP/1.1 201");
            assertThat(server.exitCode()).isZero();
            assertThat(server.output()).doesNotContain("Exception");
        }
    }

    @Test
    void two_ports_of_one_number_are_refused() throws IOException, InterruptedException {
        try (var server = ServerProcess.launch(folder, "--port=5999", "--management-port=5999")) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output())
                    .contains("Images and the management port can't both be served on port 5999; give one of them"
                            + " another (`http.port`, --port, or `management.port`, --management-port).");
        }
    }

    private static boolean refusesConnections(ServerProcess server) throws IOException {
        try (var _ = new Socket("localhost", server.port())) {
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }

    /** The bytes that came lie in some file of the data folder. */
    private boolean uploadStarted() throws IOException {
        try (var files = Files.walk(folder.resolve("data"))) {
            return files.filter(file -> file.toString().contains("upload")).anyMatch(Files::isRegularFile);
        }
    }

    private void swap(String version, String config) throws IOException {
        var mount = Files.createDirectories(folder.resolve("mount"));
        Files.writeString(Files.createDirectories(mount.resolve(version)).resolve("config.yaml"), config);
        var link = Files.createSymbolicLink(mount.resolve("..tmp"), Path.of(version));
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        if (Files.notExists(mount.resolve("config.yaml"))) {
            Files.createSymbolicLink(mount.resolve("config.yaml"), Path.of("..data/config.yaml"));
        }
    }

    private String rules(Path users, String action) {
        return """
                http: {host: 127.0.0.1, port: 0}
                management: {port: 0}
                storage: {filesystem: {path: %s}}
                access:
                  users: %s
                  rules:
                    - {subjects: [{user: ci}], repositories: ["**"], actions: [%s]}
                """.formatted(folder.resolve("data"), users, action);
    }

    private int upload(ServerProcess server) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.url("/v2/a/blobs/uploads/"))
                .header("Authorization", Bcrypt.basic("ci", "secret"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    private int login(ServerProcess server, String password) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.url("/v2/"))
                .header("Authorization", Bcrypt.basic("ci", password))
                .build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static String sha256(byte[] bytes) {
        return Algorithm.SHA256.digestOf(bytes).hex();
    }
}
