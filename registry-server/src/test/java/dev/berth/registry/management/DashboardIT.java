package dev.berth.registry.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.settings.SettingsFile;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard that people install shows what a server exports, by the names that it exports it under. */
final class DashboardIT {
    private static final Path DASHBOARD = Path.of("..", "deploy", "dashboards", "berth-server.json");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    private static final String BLOB = "a blob";

    @TempDir
    private Path folder;

    @Test
    void a_server_in_use_exports_all_that_the_dashboard_asks_for() throws IOException {
        var asked = GrafanaDashboard.read(DASHBOARD).asksFor();
        assertThat(asked)
                .contains("berth_http_requests_seconds_bucket{route}", "berth_mirror_requests_total{result}")
                .hasSizeGreaterThan(60);

        try (var upstream = ScriptedUpstream.start();
                var server = LoopbackServer.start(folder, AccessSettings.OPEN, List.of(scheduled(upstream)))) {
            var digest = Algorithm.SHA256.digestOf(BLOB.getBytes(UTF_8));
            assertThat(server.send("POST", "/v2/a/blobs/uploads/?digest=" + digest, BLOB)
                            .statusCode())
                    .isEqualTo(201);

            Awaitility.await("a server that exports all of it")
                    .untilAsserted(() -> assertThat(exported(server)).containsAll(asked));
        }
    }

    @Test
    void every_panel_is_of_the_servers_that_were_chosen() throws IOException {
        assertThat(GrafanaDashboard.read(DASHBOARD).expressions())
                .isNotEmpty()
                .allMatch(expression -> expression.contains("{instance=~\"$instance\""));
    }

    /** A mirror that copies an image from somebody who counts. */
    private static MirrorSettings scheduled(ScriptedUpstream upstream) {
        var config = upstream.blob("library/nginx", "{}".getBytes(UTF_8));
        upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, """
            {"schemaVersion":2,"config":{"mediaType":"application/x","digest":"%s","size":2},"layers":[]}\
            """.formatted(config)
                .getBytes(UTF_8));
        upstream.when("/manifests/", (exchange, content) -> {
            exchange.getResponseHeaders().set("RateLimit-Remaining", "76;w=21600");
            Reaction.NONE.react(exchange, content);
        });
        var yaml = """
            {upstream: docker.io, url: "%s", mode: Scheduled, images: [{repository: library/nginx, tags: {names: ["1"]}}]}
            """.formatted(upstream.url());
        return new SettingsFile(Path.of("it.yaml")).parse(yaml.getBytes(UTF_8), MirrorSettings::from);
    }

    /** The samples by their names, and with each of their labels, `name{label}`. */
    private static Set<String> exported(LoopbackServer server) {
        return SAMPLE.matcher(server.management("/metrics").body())
                .results()
                .flatMap(sample -> Stream.concat(
                        Stream.of(sample.group(1)),
                        sample.group(2) == null
                                ? Stream.empty()
                                : LABEL.matcher(sample.group(2))
                                        .results()
                                        .map(label -> sample.group(1) + "{" + label.group(1) + "}")))
                .collect(Collectors.toSet());
    }
}
