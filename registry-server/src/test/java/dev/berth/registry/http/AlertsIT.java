package dev.berth.registry.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.fault.SmallDisk;
import dev.berth.registry.settings.SettingsFile;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each alert of the monitoring guide fires on a server that is broken in its way, and on none that is well. */
final class AlertsIT {
    private static final Path GUIDE = Path.of("..", "docs", "guides", "monitoring.md");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Set<String> TRIED = new TreeSet<>();

    @TempDir
    private Path folder;

    @Test
    void none_fires_on_a_server_that_is_well() throws IOException {
        try (var server = LoopbackServer.open(folder)) {
            var before = scrape(server);
            for (var alert : alerts()) {
                assertThat(alert.fires(before, scrape(server), now()))
                        .as(alert.text())
                        .isFalse();
            }
        }
    }

    @Test
    void a_volume_that_fills_up() throws Exception {
        // Where no disk can be mounted, this test is skipped, and the list of alerts isn't to blame.
        TRIED.addAll(
                List.of("berth_storage_free_bytes / berth_storage_capacity_bytes < 0.1", "berth_storage_full == 1"));
        var disk = SmallDisk.mount(folder.resolve("disk"), 64);
        try {
            try (var server = LoopbackServer.open(disk.path().resolve("data"))) {
                disk.fill(54L * 1024 * 1024);
                fires("berth_storage_free_bytes / berth_storage_capacity_bytes < 0.1", server, scrape(server));
                assertThat(alert("berth_storage_full == 1").fires("", scrape(server), now()))
                        .isFalse();
                disk.fill(Long.MAX_VALUE);
                fires("berth_storage_full == 1", server, scrape(server));
            }
        } finally {
            disk.unmount();
        }
    }

    @Test
    void the_first_request_that_fails_by_a_fault_of_the_server() throws IOException {
        try (var server = LoopbackServer.open(folder)) {
            var before = scrape(server);
            Files.delete(folder.resolve("uploads"));
            var body = "x".repeat(100_000);
            assertThat(server.send("POST", "/v2/a/blobs/uploads/?digest=sha256:" + "0".repeat(64), body)
                            .statusCode())
                    .isEqualTo(500);
            fires("increase(berth_http_failures_total[5m]) > 0", server, before);
        }
    }

    @Test
    void a_collection_that_fails() throws Exception {
        try (var server = LoopbackServer.open(folder);
                var database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("metadata.db"));
                var statement = database.createStatement()) {
            var before = scrape(server);
            statement.execute("alter table leases rename to gone");
            assertThat(server.collect().body()).contains("failure");
            fires("increase(berth_collection_failures_total[6h]) > 0", server, before);
        }
    }

    @Test
    void an_upstream_that_will_soon_say_429() throws IOException {
        try (var upstream = ScriptedUpstream.start();
                var server = LoopbackServer.start(folder, AccessSettings.OPEN, List.of(mirror(upstream, "")))) {
            var before = scrape(server);
            upstream.when("/manifests/", Reaction.status(404, "RateLimit-Remaining", "5;w=21600"));
            server.get("/v2/example.test/a/manifests/1");
            fires("berth_upstream_limit_remaining < 10", server, before);
        }
    }

    @Test
    void a_scheduled_mirror_that_never_worked() throws IOException {
        try (var upstream = ScriptedUpstream.start()) {
            upstream.when("/v2/", Reaction.status(503));
            var settings = mirror(upstream, ", mode: Scheduled, images: [{repository: a}]");
            try (var server = LoopbackServer.start(folder, AccessSettings.OPEN, List.of(settings))) {
                fires("time() - berth_sync_last_success_seconds > 86400", server, scrape(server));
            }
        }
    }

    /** An alert that nobody has tried on a broken server may never fire. */
    @AfterAll
    static void all_were_tried() throws IOException {
        assertThat(TRIED)
                .containsExactlyInAnyOrderElementsOf(
                        alerts().stream().map(AlertExpression::text).toList());
    }

    private static void fires(String expression, LoopbackServer server, String before) throws IOException {
        var alert = alert(expression);
        TRIED.add(expression);
        Awaitility.await(expression).atMost(SOON).until(() -> alert.fires(before, scrape(server), now()));
    }

    private static AlertExpression alert(String expression) throws IOException {
        return alerts().stream()
                .filter(alert -> alert.text().equals(expression))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the guide has no alert " + expression));
    }

    private static List<AlertExpression> alerts() throws IOException {
        return AlertExpression.of(Files.readString(GUIDE));
    }

    private static String scrape(LoopbackServer server) {
        return server.management("/metrics").body();
    }

    private static double now() {
        return System.currentTimeMillis() / 1000.0;
    }

    private static MirrorSettings mirror(ScriptedUpstream upstream, String more) {
        var yaml = "{upstream: example.test, url: \"" + upstream.url() + "\"" + more + "}";
        return new SettingsFile(Path.of("mirror.yaml")).parse(yaml.getBytes(UTF_8), MirrorSettings::from);
    }
}
