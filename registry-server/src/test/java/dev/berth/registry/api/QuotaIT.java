package dev.berth.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.AnonymousPull;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.settings.Section;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see when a mirror has reached its limit, and when the disk is nearly full. */
final class QuotaIT {
    private static final String PASSWORD = "right:horse";
    private static final String CI = Bcrypt.basic("ci", PASSWORD);
    private static final int LAYER_BYTES = 2_000_000;
    private static final int DISK_MIB = 64;

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private Optional<LoopbackServer> opened = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.start();
    }

    @AfterEach
    void stop() {
        opened.ifPresent(LoopbackServer::close);
        upstream.close();
    }

    @Test
    void a_mirror_that_is_full_serves_what_it_has_and_sends_clients_on_for_the_rest() {
        var first = image("first", 1);
        var second = image("second", 2);
        var server = open(folder.resolve("data"), AccessSettings.OPEN, 3 * LAYER_BYTES / 2);
        assertThat(pull(server, "first", first)).containsExactly(200, 200);
        assertThat(status(server)).contains("\"full\":false");

        assertThat(server.get(manifest("second")).statusCode()).isEqualTo(200);
        assertRefused(server.get(blob("second", second)), "mirror team-a/hub may store 2.8 MiB and has no room for");
        assertThat(pull(server, "first", first)).containsExactly(200, 200);
        assertThat(upstream.asked("GET /v2/first/")).hasSize(2);
        assertThat(server.management("/status").body())
                .contains("\"reason\":\"QuotaReached\"")
                .containsPattern("\"storedBytes\":20\\d{5},\"full\":false");
        assertThat(server.management("/metrics").body())
                .containsPattern("berth_mirror_stored_bytes\\{mirror=\"team-a/hub\"} 20\\d{5}");
    }

    @Test
    void nothing_is_fetched_once_the_limit_is_reached() {
        var first = image("first", 1);
        image("second", 2);
        var manifestBytes = server(folder.resolve("other"), first);
        var server = open(folder.resolve("data"), AccessSettings.OPEN, LAYER_BYTES + manifestBytes);
        assertThat(pull(server, "first", first)).containsExactly(200, 200);
        upstream.forgetRequests();

        for (var path : List.of(manifest("second"), blob("second", first), "/v2/second/manifests/1?ns=docker.io")) {
            assertRefused(server.get(path), "mirror team-a/hub stores 1.9 MiB, its limit");
        }
        assertThat(server.send("HEAD", blob("second", first), "").statusCode()).isEqualTo(403);
        assertThat(pull(server, "first", first)).containsExactly(200, 200);
        assertThat(upstream.asked("")).isEmpty();
        assertThat(status(server)).contains("\"full\":true", "\"storedBytes\":" + (LAYER_BYTES + manifestBytes));
    }

    @Test
    void room_for_pushes_is_kept_from_those_who_do_not_log_in() throws Exception {
        var disk = Files.createDirectory(folder.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MIB + "m", "tmpfs", disk.toString()),
                "a small disk takes root and `mount`; this user has no such");
        try {
            var first = image("first", 1);
            var second = image("second", 2);
            var server = open(disk.resolve("data"), users(), Long.MAX_VALUE);
            assertThat(pull(server, "first", first)).containsExactly(200, 200);
            var ballast = fill(disk);

            Awaitility.await("strangers to be refused")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> server.get(manifest("absent")).statusCode() == 403);
            assertThat(server.get(manifest("second")).statusCode()).isEqualTo(403);
            assertThat(server.get(blob("second", second)).body())
                    .contains(
                            "DENIED",
                            "the registry's disk is nearly full; until space is free, it fetches only for clients that log in");
            assertThat(pull(server, "first", first)).as("what is stored").containsExactly(200, 200);
            assertThat(server.get(manifest("second"), "Authorization", CI).statusCode())
                    .isEqualTo(200);
            assertThat(server.get(blob("second", second), "Authorization", CI).statusCode())
                    .isEqualTo(200);

            Files.delete(ballast);
            var third = image("third", 3);
            Awaitility.await("strangers to be let in again")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> server.get(manifest("third")).statusCode() == 200);
            assertThat(pull(server, "third", third)).containsExactly(200, 200);
        } finally {
            stop();
            run("umount", disk.toString());
        }
    }

    /** Pulls an image through a server of its own, and says how many bytes there are of it beside the layer. */
    private int server(Path data, Digest layer) {
        try (var server = open(data, AccessSettings.OPEN, Long.MAX_VALUE)) {
            pull(server, "first", layer);
            var text = status(server);
            var stored = text.substring(text.indexOf("\"storedBytes\":") + 14, text.indexOf(",\"full\""));
            return Integer.parseInt(stored) - LAYER_BYTES;
        }
    }

    private static void assertRefused(HttpResponse<String> answer, String sentence) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains(
                        "\"code\":\"DENIED\"",
                        "this mirror has reached its limit and fetches nothing more: " + sentence)
                .contains("raise spec.quota.size or delete images");
    }

    private static List<Integer> pull(LoopbackServer server, String repository, Digest layer) {
        return List.of(
                server.get(manifest(repository)).statusCode(),
                server.send("GET", blob(repository, layer), "").statusCode());
    }

    private static String manifest(String repository) {
        return "/v2/docker.io/" + repository + "/web/manifests/1";
    }

    private static String blob(String repository, Digest digest) {
        return "/v2/docker.io/" + repository + "/web/blobs/" + digest;
    }

    /** The part of it that is about mirrors. */
    private static String status(LoopbackServer server) {
        var whole = server.management("/status").body();
        return whole.substring(whole.indexOf("\"mirrors\""));
    }

    /** Leaves 4 MiB, less than a tenth and more than a layer. */
    private static Path fill(Path disk) throws IOException {
        var ballast = disk.resolve("ballast");
        var free = Files.getFileStore(disk).getUsableSpace();
        try (var file = new RandomAccessFile(ballast.toFile(), "rw")) {
            file.write(new byte[(int) (free - 4 * 1024 * 1024)]);
        }
        return ballast;
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    private Digest image(String repository, int seed) {
        var bytes = new byte[LAYER_BYTES];
        new Random(seed).nextBytes(bytes);
        var layer = upstream.blob(repository + "/web", bytes);
        var manifest = """
            {"schemaVersion":2,"config":{"mediaType":"application/x","digest":"%s","size":%d},"layers":[]}\
            """.formatted(layer, LAYER_BYTES);
        upstream.manifest(repository + "/web", "1", ScriptedUpstream.IMAGE, manifest.getBytes(UTF_8));
        return layer;
    }

    private AccessSettings users() throws IOException {
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("ci", PASSWORD));
        return new AccessSettings(Optional.of(users), AnonymousPull.NONE, Optional.empty());
    }

    private LoopbackServer open(Path data, AccessSettings access, long mostBytes) {
        Map<String, Object> settings = Map.of(
                "upstream",
                "docker.io",
                "name",
                "team-a/hub",
                "url",
                upstream.url().toString(),
                "maxBytes",
                mostBytes);
        var server = LoopbackServer.start(data, access, List.of(Section.read(settings, MirrorSettings::from)));
        opened = Optional.of(server);
        return server;
    }
}
