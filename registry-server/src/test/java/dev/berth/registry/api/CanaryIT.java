package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.AnonymousPull;
import dev.berth.registry.access.Bcrypt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reserved repository for the test pulls of nodes, in a registry where nobody pulls without a password. */
final class CanaryIT {
    private static final String REPOSITORY = "/v2/berth.dev/canary";

    private LoopbackServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("ci", "right"));
        server = LoopbackServer.start(
                folder.resolve("data"), new AccessSettings(Optional.of(users), AnonymousPull.NONE, Optional.empty()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everybody_can_pull_a_whole_image_also_with_a_wrong_password_or_for_an_upstream() throws Exception {
        var manifest =
                server.get(REPOSITORY + "/manifests/1?ns=docker.io", "Authorization", Bcrypt.basic("ci", "wrong"));
        assertThat(manifest.statusCode()).isEqualTo(200);
        assertThat(manifest.headers().firstValue("Docker-Content-Digest"))
                .contains("sha256:" + sha256(manifest.body()));
        var json = new ObjectMapper().readTree(manifest.body());
        for (var blob : new String[] {"/config", "/layers/0"}) {
            var digest = json.at(blob + "/digest").asText();
            var content = server.get(REPOSITORY + "/blobs/" + digest);
            assertThat(content.statusCode()).isEqualTo(200);
            assertThat(content.body()).hasSize(json.at(blob + "/size").asInt());
            assertThat("sha256:" + sha256(content.body())).isEqualTo(digest);
        }
        var head = server.send("HEAD", REPOSITORY + "/manifests/sha256:" + sha256(manifest.body()), "");
        assertThat(head.statusCode()).isEqualTo(200);
    }

    @Test
    void it_has_no_other_image() {
        assertThat(server.get(REPOSITORY + "/manifests/2").statusCode()).isEqualTo(404);
        assertThat(server.get(REPOSITORY + "/blobs/sha256:" + "a".repeat(64)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void nobody_can_push_to_it_and_no_list_shows_it() {
        var right = Bcrypt.basic("ci", "right");
        for (var target : new String[] {
            "PUT /manifests/1", "DELETE /manifests/1", "POST /blobs/uploads/", "DELETE /blobs/sha256:" + "a".repeat(64)
        }) {
            var method = target.substring(0, target.indexOf(' '));
            var path = target.substring(target.indexOf(' ') + 1);
            assertThat(server.send(method, REPOSITORY + path, "", "Authorization", right)
                            .statusCode())
                    .as(target)
                    .isEqualTo(403);
        }
        assertThat(server.get("/v2/_catalog", "Authorization", right).body()).isEqualTo("{\"repositories\":[]}");
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
