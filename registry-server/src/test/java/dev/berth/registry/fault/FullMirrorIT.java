package dev.berth.registry.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.settings.SettingsFile;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror whose volume is full. */
final class FullMirrorIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private SmallDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(folder.resolve("disk"), 32);
    }

    @AfterEach
    void unmount() throws Exception {
        disk.unmount();
    }

    @Test
    void a_tag_that_has_moved_at_its_upstream_is_served_as_it_is_stored() throws Exception {
        try (var upstream = ScriptedUpstream.start();
                var server = LoopbackServer.start(
                        disk.path().resolve("data"), AccessSettings.OPEN, List.of(mirror(upstream)))) {
            image(upstream, "one");
            var stored = server.get("/v2/example.test/a/manifests/1").body();
            assertThat(stored).contains("one");
            disk.fill(Long.MAX_VALUE);
            Awaitility.await("a full volume")
                    .atMost(SOON)
                    .until(() -> server.management("/status").body().contains("\"full\":true"));
            image(upstream, "two");
            upstream.forgetRequests();
            Awaitility.await("the upstream to be asked where the tag stands")
                    .atMost(SOON)
                    .until(() -> {
                        var answer = server.get("/v2/example.test/a/manifests/1");
                        assertThat(answer.statusCode()).isEqualTo(200);
                        assertThat(answer.body()).isEqualTo(stored);
                        return !upstream.asked("/manifests/1").isEmpty();
                    });
            assertThat(server.get("/v2/example.test/a/manifests/1").statusCode())
                    .isEqualTo(200);
            var other = server.get("/v2/example.test/other/manifests/1");
            assertThat(other.statusCode())
                    .as(
                            "an image that the upstream does not have; less than a tenth of the disk may be left to ask for it")
                    .isIn(404, 403);
        }
    }

    private static void image(ScriptedUpstream upstream, String text) {
        var config = upstream.blob("a", text.getBytes(UTF_8));
        upstream.manifest(
                "a", "1", ScriptedUpstream.IMAGE, """
                {"schemaVersion":2,"config":{"mediaType":"application/x","digest":"%s","size":3},"layers":[],\
                "annotations":{"text":"%s"}}""".formatted(config, text).getBytes(UTF_8));
    }

    private static MirrorSettings mirror(ScriptedUpstream upstream) {
        var yaml = "{upstream: example.test, url: \"" + upstream.url() + "\", interval: 1s}";
        return new SettingsFile(Path.of("mirror.yaml")).parse(yaml.getBytes(UTF_8), MirrorSettings::from);
    }
}
