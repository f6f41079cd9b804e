package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ServerProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server says of its mirrors when it starts, and when their registries can't be used. */
final class MirrorStartIT {
    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void an_authority_file_without_a_certificate_is_refused_by_name() throws Exception {
        var empty = Files.writeString(folder.resolve("ca.crt"), "");
        assertThat(refusal("--mirror=docker.io", "--mirror-ca=docker.io=" + empty))
                .contains("The mirror of docker.io can't be used: " + empty + " holds no certificates in PEM form.");
    }

    @Test
    void credentials_that_are_not_there_or_are_for_another_registry_are_refused() throws Exception {
        var absent = folder.resolve("absent.json");
        assertThat(refusal("--mirror=docker.io", "--mirror-anonymous=docker.io", "--mirror-auth=docker.io=" + absent))
                .contains("The mirror of docker.io can't be used: " + absent + " can't be read (" + absent
                        + " is not there).");
        var other = Files.writeString(folder.resolve("other.json"), "{\"auths\":{\"quay.io\":{\"auth\":\"YTpi\"}}}");
        assertThat(refusal("--mirror=docker.io", "--mirror-anonymous=docker.io", "--mirror-auth=docker.io=" + other))
                .contains("The mirror of docker.io can't be used: " + other + " has no credentials for docker.io.");
    }

    @Test
    void files_of_the_configuration_may_come_later_and_until_then_pulls_fail_with_a_reason() throws Exception {
        var empty = Files.writeString(folder.resolve("ca.crt"), "");
        var config = Files.writeString(folder.resolve("run.yaml"), """
                http: {host: 127.0.0.1, port: 0}
                management: {port: 0}
                storage: {filesystem: {path: %s}}
                mirrors: [{upstream: registry.example, ca: %s}]
                """.formatted(folder.resolve("data"), empty));
        try (var server = ServerProcess.start(folder, "--config", config.toString())) {
            assertThat(server.output())
                    .contains("WARN  The mirror of registry.example can fetch nothing until its files are right: "
                            + empty + " holds no certificates in PEM form");
            var answer = pull(server, "/v2/registry.example/a/manifests/1");
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("holds no certificates in PEM form");
        }
    }

    @Test
    void each_mirror_is_named_at_the_start_and_one_that_is_down_once_however_often_it_is_asked() throws Exception {
        int nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        try (var server = ServerProcess.start(folder, "--mirror=registry.example=http://127.0.0.1:" + nobody)) {
            assertThat(server.output())
                    .contains("INFO  Mirrors registry.example from http://127.0.0.1:" + nobody
                            + " as registry.example/… (OnDemand)");
            for (var image = 0; image < 5; image++) {
                assertThat(pull(server, "/v2/registry.example/a" + image + "/manifests/1")
                                .statusCode())
                        .isEqualTo(502);
            }
            assertThat(server.output().lines().filter(line -> line.contains("The mirrored registry")))
                    .singleElement()
                    .asString()
                    .contains("WARN  The mirrored registry registry.example can't be used:")
                    .endsWith("Images that are stored are served; other pulls fail");
        }
    }

    private String refusal(String... arguments) throws IOException, InterruptedException {
        try (var server = ServerProcess.launch(folder, arguments)) {
            assertThat(server.exitCode()).isEqualTo(1);
            return server.output();
        }
    }

    private HttpResponse<String> pull(ServerProcess server, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(server.url(path)).build(), BodyHandlers.ofString());
    }
}
