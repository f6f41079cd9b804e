package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.status.ServerReport;
import dev.berth.registry.access.Bcrypt;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running server whose configuration is changed under it, as administrators and the operator do. */
final class ReloadIT {
    private static final Duration RELOADED = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Path users;
    private Path config;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void write() throws IOException {
        users = Files.writeString(folder.resolve("users"), Bcrypt.line("ci", "secret"));
        config = Files.writeString(folder.resolve("run.yaml"), closed());
    }

    @Test
    void an_emptied_configuration_opens_nothing_and_the_right_one_is_taken_again() throws Exception {
        try (var server = ServerProcess.start(folder, "--config", config.toString())) {
            assertThat(push(server, "")).isEqualTo(401);
            for (var broken : new String[] {
                "", "http: {host: 127.0.0.1", "log: {level: info}\n", closed().replaceAll("(?s)  rules.*", "")
            }) {
                var said = complaints(server);
                Files.writeString(config, broken);
                Awaitility.await("a refusal of: " + broken).atMost(RELOADED).until(() -> complaints(server) > said);
                assertThat(push(server, "")).as(broken).isEqualTo(401);
                assertThat(push(server, Bcrypt.basic("ci", "secret")))
                        .as(broken)
                        .isEqualTo(202);
            }
            assertThat(server.output()).contains(config + " is empty.").doesNotContain("read again");
            Files.writeString(config, closed().replace("push", "delete"));
            Awaitility.await("the changed rules")
                    .atMost(RELOADED)
                    .until(() -> push(server, Bcrypt.basic("ci", "secret")) == 403);
        }
    }

    @Test
    void an_emptied_users_file_keeps_its_users_and_one_with_a_comment_has_none() throws Exception {
        try (var server = ServerProcess.start(folder, "--config", config.toString())) {
            Files.writeString(users, "");
            Awaitility.await("the refusal").atMost(RELOADED).until(() -> complaints(server) > 0);
            assertThat(push(server, Bcrypt.basic("ci", "secret"))).isEqualTo(202);
            Files.writeString(users, "# nobody\n");
            Awaitility.await("nobody to be let in")
                    .atMost(RELOADED)
                    .until(() -> push(server, Bcrypt.basic("ci", "secret")) == 401);
        }
    }

    @Test
    void what_the_operator_loosens_is_taken_with_a_warning() throws Exception {
        try (var server = ServerProcess.start(folder, "--config", config.toString())) {
            Files.writeString(config, closed().replace("anonymousPull: false", "anonymousPull: true"));
            Awaitility.await("anonymous pulls").atMost(RELOADED).until(() -> server.hasSaid("read again"));
            assertThat(server.output())
                    .containsPattern("WARN .*The changed configuration allows more\\. `access.anonymousPull` is true");
            assertThat(push(server, "")).isEqualTo(401);
        }
    }

    @Test
    void a_key_that_needs_a_restart_says_so() throws Exception {
        try (var server = ServerProcess.start(folder, "--config", config.toString())) {
            Files.writeString(config, closed() + "maintenance: {collection: {enabled: false}}\n");
            Awaitility.await("the warning")
                    .atMost(RELOADED)
                    .until(() -> server.hasSaid("A restart is needed for what changed in `maintenance`"));
        }
    }

    @Test
    void an_expired_certificate_is_said_at_the_start_and_when_the_files_change_to_one() throws Exception {
        var tls = folder.resolve("tls");
        IssuedCertificate.expired().write(tls);
        var config = Files.writeString(
                folder.resolve("tls.yaml"),
                closed() + "tls: {certificate: %s/tls.crt, key: %s/tls.key}\n".formatted(tls, tls));
        try (var server = ServerProcess.start(folder, "--config", config.toString())) {
            Awaitility.await("the warning").atMost(RELOADED).until(() -> expiries(server) == 1);
            assertThat(server.output())
                    .containsPattern("WARN .*The TLS certificate has expired at .*: clients refuse it");
            var next = IssuedCertificate.expired();
            next.write(tls);
            Awaitility.await("the warning of the next one").atMost(RELOADED).until(() -> expiries(server) == 2);
            assertThat(reported(server).certificate())
                    .as("the fingerprint in /status")
                    .contains(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256")
                                    .digest(next.certificate().getEncoded())));
        }
    }

    private static ServerReport reported(ServerProcess server) throws IOException {
        try (var status = server.management("/status").toURL().openStream()) {
            return ServerReport.read(status.readAllBytes());
        }
    }

    private static long expiries(ServerProcess server) {
        return server.output()
                .lines()
                .filter(line -> line.contains("has expired"))
                .count();
    }

    private String closed() {
        return """
                http: {host: 127.0.0.1, port: 0}
                management: {port: 0}
                storage: {filesystem: {path: %s}}
                access:
                  users: %s
                  anonymousPull: false
                  rules:
                    - {subjects: [{user: ci}], repositories: ["**"], actions: [pull, push]}
                """.formatted(folder.resolve("data"), users);
    }

    private static long complaints(ServerProcess server) {
        return server.output()
                .lines()
                .filter(line -> line.contains("keeps its configuration"))
                .count();
    }

    /** What an upload is answered. */
    private int push(ServerProcess server, String authorization) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.url("/v2/a/blobs/uploads/")).POST(BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }
}
