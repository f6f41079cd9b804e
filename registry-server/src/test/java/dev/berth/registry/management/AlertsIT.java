package dev.berth.registry.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.client.Prometheus;
import dev.berth.registry.fault.SmallDisk;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.settings.SettingsFile;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each alert of the monitoring guide, evaluated by Prometheus, fires on a server that is broken in its way, and on none that is well. */
final class AlertsIT {
    private static final Path GUIDE = Path.of("..", "docs", "guides", "monitoring.md");
    private static final Set<String> TRIED = new TreeSet<>();
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    @TempDir
    private Path folder;

    @TempDir
    private Path watched;

    @Test
    void none_fires_on_a_server_that_is_well() throws Exception {
        try (var server = LoopbackServer.open(folder);
                var prometheus = watch(server)) {
            for (var alert : alerts()) {
                assertThat(prometheus.fires(alert)).as(alert).isFalse();
            }
        }
    }

    @Test
    void a_volume_that_fills_up() throws Exception {
        var little = "berth_storage_free_bytes / berth_storage_capacity_bytes < 0.1";
        var none = "berth_storage_full == 1";
        // Where no disk can be mounted, this test is skipped, and the list of alerts isn't to blame.
        TRIED.addAll(List.of(little, none));
        var disk = SmallDisk.mount(folder.resolve("disk"), 64);
        try {
            try (var server = LoopbackServer.open(disk.path().resolve("data"));
                    var prometheus = watch(server, little, none)) {
                disk.fill(54L * 1024 * 1024);
                prometheus.awaitFiring(little);
                assertThat(prometheus.fires(none)).isFalse();
                disk.fill(Long.MAX_VALUE);
                prometheus.awaitFiring(none);
            }
        } finally {
            disk.unmount();
        }
    }

    @Test
    void a_quota_that_is_used_up() throws IOException, InterruptedException {
        var alert = "berth_quota_reached == 1";
        var storage = Map.of("filesystem", Map.of("path", folder.toString()), "maxBytes", 1_000);
        try (var server = LoopbackServer.start(Map.of("storage", storage));
                var prometheus = watch(server, alert)) {
            assertThat(push(server, 950)).isEqualTo(201);
            assertThat(prometheus.fires(alert)).isFalse();
            assertThat(push(server, 100)).isEqualTo(507);
            prometheus.awaitFiring(alert);
        }
    }

    private static int push(LoopbackServer server, int bytes) {
        var blob = "x".repeat(bytes);
        var digest = Algorithm.SHA256.digestOf(blob.getBytes(UTF_8));
        return server.send("POST", "/v2/a/blobs/uploads/?digest=" + digest, blob)
                .statusCode();
    }

    @Test
    void the_first_request_that_fails_by_a_fault_of_the_server() throws IOException {
        var alert = "increase(berth_http_failures_total[5m]) > 0";
        try (var server = LoopbackServer.open(folder);
                var prometheus = watch(server, alert)) {
            Files.delete(folder.resolve("uploads"));
            var body = "x".repeat(100_000);
            assertThat(server.send("POST", "/v2/a/blobs/uploads/?digest=sha256:" + "0".repeat(64), body)
                            .statusCode())
                    .isEqualTo(500);
            prometheus.awaitFiring(alert);
        }
    }

    @Test
    void a_collection_that_fails() throws Exception {
        var alert = "increase(berth_collection_failures_total[6h]) > 0";
        try (var server = LoopbackServer.open(folder);
                var prometheus = watch(server, alert);
                var database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("metadata.db"));
                var statement = database.createStatement()) {
            statement.execute("alter table leases rename to gone");
            assertThat(server.collect().body()).contains("failure");
            prometheus.awaitFiring(alert);
        }
    }

    @Test
    void an_upstream_that_will_soon_say_429() throws IOException {
        var alert = "berth_upstream_limit_remaining < 10";
        try (var upstream = ScriptedUpstream.start();
                var server = LoopbackServer.start(folder, AccessSettings.OPEN, List.of(mirror(upstream, "")));
                var prometheus = watch(server, alert)) {
            upstream.when("/manifests/", Reaction.status(404, "RateLimit-Remaining", "5;w=21600"));
            server.get("/v2/example.test/a/manifests/1");
            prometheus.awaitFiring(alert);
        }
    }

    @Test
    void a_scheduled_mirror_that_never_worked() throws IOException {
        var alert = "time() - berth_sync_last_success_seconds > 86400";
        try (var upstream = ScriptedUpstream.start()) {
            upstream.when("/v2/", Reaction.status(503));
            var settings = mirror(upstream, ", mode: Scheduled, images: [{repository: a}]");
            try (var server = LoopbackServer.start(folder, AccessSettings.OPEN, List.of(settings));
                    var prometheus = watch(server, alert)) {
                prometheus.awaitFiring(alert);
            }
        }
    }

    /** An alert that nobody has tried on a broken server may never fire. */
    @AfterAll
    static void all_were_tried() throws IOException {
        assertThat(TRIED).containsExactlyInAnyOrderElementsOf(alerts());
    }

    /** Evaluates all alerts of the guide; `tried` are those that this test makes fire. */
    private Prometheus watch(LoopbackServer server, String... tried) throws IOException {
        TRIED.addAll(List.of(tried));
        return Prometheus.watching(server.managementUrl(), alerts(), watched);
    }

    /** The expressions of the guide's table. */
    private static List<String> alerts() throws IOException {
        var guide = Files.readString(GUIDE);
        return ROW.matcher(guide.substring(guide.indexOf("## What to be woken by")))
                .results()
                .map(row -> row.group(1))
                .toList();
    }

    private static MirrorSettings mirror(ScriptedUpstream upstream, String more) {
        var yaml = "{upstream: example.test, url: \"" + upstream.url() + "\"" + more + "}";
        return new SettingsFile(Path.of("mirror.yaml")).parse(yaml.getBytes(UTF_8), MirrorSettings::from);
    }
}
