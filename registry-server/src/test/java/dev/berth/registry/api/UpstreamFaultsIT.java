package dev.berth.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.settings.Section;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.UpstreamFault;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every {@link UpstreamFault}, as a client of a running server sees it: an image comes or it's said why not, and no fault deletes anything. */
final class UpstreamFaultsIT {
    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String HERE = "/v2/docker.io/library/nginx";
    private static final byte[] LAYER = new byte[3 * 1024 * 1024];

    static {
        new Random(1).nextBytes(LAYER);
    }

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.start();
        image("a", "a");
        image("b", "b");
        upstream.when(HERE.replace("docker.io/", "") + "/tags/list", Reaction.json("{\"tags\":[\"a\",\"b\"]}"));
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_pull_gets_the_image_or_a_reason(UpstreamFault fault) {
        var layer = upstream.blob("library/nginx", LAYER);
        fault.play(upstream);

        try (var server = open(onDemand())) {
            for (var repeated = 0; repeated < 2; repeated++) {
                assertThat(server.send("HEAD", HERE + "/manifests/a", "").statusCode())
                        .isEqualTo(fault.seen().pull());
                assertThat(server.get(HERE + "/manifests/a").statusCode())
                        .isEqualTo(fault.seen().pull());
                assertThat(server.send("HEAD", HERE + "/blobs/" + layer, "").statusCode())
                        .isEqualTo(fault.seen().pull());
                assertThat(server.get(HERE + "/blobs/" + layer).statusCode())
                        .isEqualTo(fault.seen().pull());
            }
            if (fault.seen().pull() == 200) {
                assertThat(server.bytes(HERE + "/blobs/" + layer)).isEqualTo(LAYER);
                awaitMove(server);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_schedule_deletes_nothing_and_its_status_says_what_is_wrong(UpstreamFault fault) {
        try (var server = open(scheduled())) {
            await("the first sync").atMost(SOON).until(() -> tags(server).contains("\"a\",\"b\""));

            fault.play(upstream);
            upstream.forgetRequests();
            await("two more syncs, whole ones")
                    .atMost(SOON)
                    .until(() -> upstream.asked("/tags/list?n=").size() > 2);

            assertThat(tags(server)).contains("\"tags\":[\"a\",\"b\"]");
            await("what the status says")
                    .atMost(SOON)
                    .until(() -> server.management("/status").body(), status -> says(status, fault.seen()));
            if (fault.seen().sync().isEmpty()) {
                awaitMove(server);
            }
        }
    }

    /** A tag that moves there moves here. */
    private void awaitMove(LoopbackServer server) {
        var moved = image("moved", "a");
        await("the tag that moved")
                .atMost(SOON)
                .until(() -> server.get(HERE + "/manifests/a")
                        .headers()
                        .firstValue("Docker-Content-Digest")
                        .equals(Optional.of(moved.toString())));
    }

    private static boolean says(String status, UpstreamFault.Seen seen) {
        return seen.sync().isEmpty()
                ? status.contains("\"failures\":[]")
                : status.contains("\"image\":\"library/nginx\",\"reason\":\"" + seen.sync() + "\"");
    }

    private static String tags(LoopbackServer server) {
        return server.get(HERE + "/tags/list").body();
    }

    private MirrorSettings onDemand() {
        var settings = MirrorSettings.of("docker.io", upstream.url());
        return new MirrorSettings(
                "docker.io", "docker.io", settings.source(), OFTEN, false, settings.choice(), settings.limits());
    }

    private MirrorSettings scheduled() {
        var settings = Section.read(
                Map.of(
                        "upstream",
                        "docker.io",
                        "url",
                        upstream.url().toString(),
                        "mode",
                        "Scheduled",
                        "prune",
                        true,
                        "images",
                        List.of(Map.of("repository", "library/nginx"))),
                MirrorSettings::from);
        return new MirrorSettings(
                "docker.io", "docker.io", settings.source(), OFTEN, false, settings.choice(), settings.limits());
    }

    /** An image of one layer, under a tag. */
    private Digest image(String text, String tag) {
        var layer = upstream.blob("library/nginx", ("layer of " + text).getBytes(UTF_8));
        var manifest = """
            {"schemaVersion":2,"config":{"mediaType":"application/x","digest":"%1$s","size":10},"layers":[]}\
            """.formatted(layer);
        return upstream.manifest("library/nginx", tag, ScriptedUpstream.IMAGE, manifest.getBytes(UTF_8));
    }

    private LoopbackServer open(MirrorSettings mirror) {
        return LoopbackServer.start(folder.resolve("data"), AccessSettings.OPEN, List.of(mirror));
    }
}
