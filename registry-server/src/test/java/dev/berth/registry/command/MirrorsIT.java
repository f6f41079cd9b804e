package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.LoopbackServer;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.sync.UpstreamImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `mirrors` and `mirrors sync` as a user runs them beside a server. */
final class MirrorsIT {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private ScriptedUpstream upstream;
    private UpstreamImages nginx;
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.start();
        nginx = new UpstreamImages(upstream, "library/nginx");
        nginx.image("1", "a layer");
        nginx.lists("1");
        server = LoopbackServer.start(Map.of(
                "storage",
                Map.of("filesystem", Map.of("path", folder.resolve("data").toString())),
                "mirrors",
                List.of(scheduled(), mirror("quay.io", "OnDemand"), paused())));
        Awaitility.await("the first sync")
                .until(() ->
                        run("mirrors").contains(" of 1 ") && !out.toString().contains("running"));
    }

    private Map<String, Object> scheduled() {
        return Map.of(
                "upstream", "docker.io",
                "name", "hub",
                "url", upstream.url().toString(),
                "mode", "Scheduled",
                "images", List.of(Map.of("repository", "library/nginx")));
    }

    private Map<String, Object> mirror(String host, String mode) {
        return Map.of("upstream", host, "url", upstream.url().toString(), "mode", mode);
    }

    private Map<String, Object> paused() {
        return Map.of(
                "upstream",
                "ghcr.io",
                "paused",
                true,
                "mode",
                "Scheduled",
                "images",
                List.of(Map.of("repository", "a/b")));
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void each_mirror_is_a_line_with_its_tags_and_times() {
        var lines = run("mirrors").lines().toList();
        assertThat(lines.getFirst()).matches("NAME +UPSTREAM +MODE +TAGS +LAST SYNC +NEXT +FAILURE");
        assertThat(lines.get(1)).matches("hub +docker.io +Scheduled +1 of 1 +2\\S+Z +2\\S+Z +-");
        assertThat(lines.get(2)).matches("quay.io +quay.io +OnDemand +0 +- +- +-");
        assertThat(lines.get(3)).matches("ghcr.io +ghcr.io +Scheduled, paused +0 of 0 +never complete +- +-");
        assertThat(lines).hasSize(4);
    }

    @Test
    void programs_get_the_mirrors_as_json() throws IOException {
        var mirrors = new ObjectMapper().readTree(run("mirrors", "--json"));
        assertThat(mirrors.findValuesAsText("name")).containsExactly("hub", "quay.io", "ghcr.io");
        assertThat(mirrors.get(0).get("sync").get("done").asInt()).isEqualTo(1);
    }

    @Test
    void a_sync_brings_at_once_what_is_new_and_waits_for_it() {
        nginx.image("2", "another layer");
        nginx.lists("1", "2");

        assertThat(run("mirrors", "sync", "hub")).startsWith("The mirror hub has 2 of 2 tags; ");
        assertThat(server.get("/v2/docker.io/library/nginx/tags/list").body()).contains("\"2\"");
        assertThat(run("mirrors")).contains("2 of 2");
    }

    @Test
    void a_sync_need_not_be_waited_for() {
        nginx.image("2", "another layer");
        nginx.lists("1", "2");

        assertThat(run("mirrors", "sync", "hub", "--no-wait")).startsWith("The mirror hub syncs now");
        Awaitility.await("the new tag").until(() -> run("mirrors").contains("2 of 2"));
    }

    @Test
    void what_could_not_be_copied_is_printed() {
        nginx.lists("1", "2");
        upstream.when("/manifests/2", Reaction.status(403));

        assertThat(execute("mirrors", "sync", "hub")).isEqualTo(3);
        assertThat(err.toString()).contains("library/nginx:2: ");
        assertThat(out.toString()).contains("has 1 of 2 tags", "To be tried again: 1.");
        assertThat(run("mirrors")).contains("library/nginx:2");
    }

    @Test
    void only_a_scheduled_mirror_that_is_there_and_not_paused_can_sync() {
        assertThat(execute("mirrors", "sync", "hug")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no mirror hug. There are: hub, quay.io, ghcr.io.");
        assertThat(execute("mirrors", "sync", "quay.io")).isEqualTo(2);
        assertThat(err.toString()).contains("The mirror quay.io is not scheduled");
        assertThat(execute("mirrors", "sync", "ghcr.io")).isEqualTo(2);
        assertThat(err.toString()).contains("The mirror ghcr.io is paused");
    }

    @Test
    void where_no_server_is_it_says_so() {
        var port = server.managementUrl().getPort();
        server.close();

        assertThat(execute("mirrors")).isEqualTo(1);
        assertThat(err.toString())
                .contains("no server answers at http://127.0.0.1:" + port + ". Start it, or say where it is");
    }

    @Test
    void the_port_for_images_is_told_from_the_management_port() {
        var images = "--management-port=" + server.address().port();
        assertThat(executeAt(images, "mirrors")).isEqualTo(1);
        assertThat(err.toString()).contains("is not the management port of a Berth server", "By default that is 5001");
    }

    @Test
    void the_data_folder_says_where_the_server_is() throws IOException {
        assertThat(executeAt("--data=" + folder.resolve("data"), "mirrors")).isZero();
        assertThat(out.toString()).contains("hub");
        var config = Files.writeString(
                folder.resolve("config.yaml"), "storage: {filesystem: {path: %s}}\n".formatted(folder.resolve("data")));
        assertThat(executeAt("--config=" + config, "mirrors")).isZero();
    }

    @Test
    void a_web_page_can_not_make_a_mirror_sync() throws IOException, InterruptedException {
        var url = server.managementUrl().resolve("/maintenance/sync?mirror=hub");
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(url).header("Origin", "https://evil.example");
            assertThat(client.send(request.POST(BodyPublishers.noBody()).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(403);
            assertThat(client.send(request.GET().build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(405);
        }
    }

    private String run(String... arguments) {
        out.getBuffer().setLength(0);
        assertThat(execute(arguments)).as(err.toString()).isZero();
        return out.toString();
    }

    private int execute(String... arguments) {
        return executeAt("--management-port=" + server.managementUrl().getPort(), arguments);
    }

    private int executeAt(String where, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add(where);
        return BerthRegistry.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
