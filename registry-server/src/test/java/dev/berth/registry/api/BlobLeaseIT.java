package dev.berth.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.reference.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For whom a blob that no manifest names is kept. */
final class BlobLeaseIT {
    private static final String PASSWORD = "right:horse";
    private static final String CI = Bcrypt.basic("ci", PASSWORD);

    @TempDir
    private Path folder;

    @Test
    void a_blob_is_kept_for_who_may_push_and_asks_for_it_and_not_for_strangers_who_ask() throws IOException {
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("ci", PASSWORD));
        try (var server = LoopbackServer.start(Map.of(
                "storage",
                Map.of("filesystem", Map.of("path", folder.resolve("data").toString()), "lease", "1s"),
                "access",
                Map.of("users", users.toString(), "anonymousPull", true)))) {
            var pushers = push(server, "asked for by who may push");
            var strangers = push(server, "asked for by strangers");

            Awaitility.await("the strangers' blob to be collected")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        assertThat(server.send("HEAD", pushers, "", "Authorization", CI)
                                        .statusCode())
                                .isEqualTo(200);
                        server.collect();
                        return server.send("HEAD", strangers, "").statusCode() == 404;
                    });
            assertThat(server.get(pushers).statusCode()).isEqualTo(200);
        }
    }

    /** Says where it is then. */
    private static String push(LoopbackServer server, String blob) {
        var digest = Algorithm.SHA256.digestOf(blob.getBytes(UTF_8));
        var pushed = server.send("POST", "/v2/team/web/blobs/uploads/?digest=" + digest, blob, "Authorization", CI);
        assertThat(pushed.statusCode()).isEqualTo(201);
        return "/v2/team/web/blobs/" + digest;
    }
}
