package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.reference.Algorithm;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `check` as a user runs it, with the server and without. */
final class CheckIT {
    @TempDir
    private Path folder;

    @Test
    void it_asks_the_server_while_that_runs_and_does_it_itself_afterwards() throws Exception {
        var text = "hello".repeat(4_096); // of a size that is a file
        var digest = Algorithm.SHA256.digestOf(text.getBytes(StandardCharsets.UTF_8));
        var blob = folder.resolve("data/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex());
        try (var server = ServerProcess.start(folder);
                var client = HttpClient.newHttpClient()) {
            var pushed = client.send(
                    HttpRequest.newBuilder(server.url("/v2/team/web/blobs/uploads/?digest=" + digest))
                            .POST(BodyPublishers.ofString(text))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(pushed.statusCode()).isEqualTo(201);
            assertThat(check("--rate=1"))
                    .isEqualTo(
                            new JarRun(0, "Everything is right: 1 blob (20 KiB), 0 manifests and 1 file checked.\n"));
            assertThat(JarRun.of("stats", "--data", folder.resolve("data").toString())
                            .output())
                    .contains("stored         20 KiB in 1 blob", "20 KiB          0          0  team/web");
            Files.writeString(blob, text.replace('e', 'a'));

            var found = check("--json");

            assertThat(found.code()).isEqualTo(3);
            assertThat(new ObjectMapper()
                            .readTree(found.output())
                            .at("/problems/0/what")
                            .asText())
                    .isEqualTo("blob " + digest);
        }
        assertThat(check("--repair").code()).isZero();
        assertThat(check().code()).isZero();
        assertThat(blob).doesNotExist();
    }

    private JarRun check(String... options) throws Exception {
        var arguments = new java.util.ArrayList<>(java.util.List.of(options));
        arguments.addAll(
                java.util.List.of("--quiet", "--data", folder.resolve("data").toString()));
        return JarRun.of("check", arguments.toArray(String[]::new));
    }
}
