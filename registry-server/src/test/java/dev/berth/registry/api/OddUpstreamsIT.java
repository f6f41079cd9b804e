package dev.berth.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an upstream answers, a client of its mirror is answered soon, with an image or with why there is none. */
final class OddUpstreamsIT {
    private static final int ANSWERS = 400;
    private static final Duration SOON = Duration.ofSeconds(12);
    private static final String HERE = "/v2/docker.io/library/nginx";

    private static final List<Integer> STATUSES =
            List.of(200, 200, 200, 200, 201, 204, 206, 226, 300, 301, 307, 308, 400, 401, 403, 404, 405, 410, 416, 418);
    private static final List<String> BODIES = List.of(
            "",
            "{}",
            "[]",
            "null",
            "<html>",
            "{\"tags\":null}",
            "{\"tags\":[1,{}]}",
            "{\"tags\":[\"a\",\"not a tag\"]}",
            "{\"manifests\":[{}]}",
            "{\"manifests\":[{\"digest\":\"sha256:zz\",\"size\":-1}]}",
            "{\"schemaVersion\":2,\"manifests\":null}",
            "{\"schemaVersion\":1,\"name\":\"old\"}",
            "{\"schemaVersion\":2,\"layers\":[{}],\"config\":7}",
            "{\"token\":\"abc\",\"expires_in\":99999999999999999999}",
            "{\"token\":{}}",
            "[".repeat(5_000),
            "{\"a\":".repeat(5_000),
            "{\"tags\":[\"" + "x".repeat(100_000) + "\"]}",
            "\ufeff{}",
            "\u0000");
    private static final Map<String, List<String>> HEADERS = new TreeMap<>(Map.of(
            "Content-Type",
                    List.of(ScriptedUpstream.IMAGE, ScriptedUpstream.INDEX, "text/html", "", ";", "application/json"),
            "Docker-Content-Digest", List.of("sha256:" + "a".repeat(64), "sha256:zz", "md5:x", ""),
            "Location",
                    List.of(
                            "/",
                            "//",
                            "http://",
                            "?",
                            "https://a b/",
                            "ftp://x/",
                            "/v2/library/nginx/manifests/1",
                            "#"),
            "Link",
                    List.of(
                            "<>; rel=next",
                            "</x>; rel=next",
                            "<?n=1>;rel=next",
                            "<",
                            ">;rel=next",
                            "<http://[>; rel=next"),
            "WWW-Authenticate",
                    List.of(
                            "Basic",
                            "Bearer",
                            "Bearer realm=",
                            "Bearer realm=\"/token\"",
                            "Bearer realm=\"http://[\"",
                            "Bearer realm=\"UPSTREAM/token\",scope=\"\"",
                            "Negotiate, Bearer realm=\"UPSTREAM/token\""),
            "Content-Range", List.of("bytes 5-9/10", "bytes */5", "x", "bytes 99999999999999999999-"),
            "Retry-After", List.of("-1", "soon", "0"),
            "RateLimit-Remaining", List.of("x", ";w=1", "99999999999")));

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.start();
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void a_client_is_never_answered_500_and_never_waits_for_long() {
        var seed = Long.getLong("odd.seed", new Random().nextLong());
        var random = new Random(seed);
        var blob = upstream.blob("library/nginx", "layer".getBytes(UTF_8));
        var statuses = new TreeMap<Integer, Integer>();
        try (var server = open()) {
            var kept = kept(server);
            for (var i = 0; i < ANSWERS; i++) {
                upstream.recover();
                var script = reaction(random);
                upstream.when("/", script);
                var path = List.of(
                                "/manifests/t" + i,
                                "/manifests/kept",
                                "/tags/list",
                                "/referrers/" + kept,
                                "/blobs/" + blob)
                        .get(random.nextInt(5));
                var from = System.nanoTime();
                var answer = random.nextInt(4) == 0 ? server.send("HEAD", HERE + path, "") : server.get(HERE + path);
                assertThat(answer.statusCode())
                        .as("-Dodd.seed=%s, no. %s: %s of %s, %s", seed, i, path, script, answer.body())
                        .isIn(200, 404, 429, 502);
                assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(SOON);
                statuses.merge(answer.statusCode(), 1, Integer::sum);
            }
            upstream.recover();
            assertThat(server.get(HERE + "/manifests/kept").statusCode()).isEqualTo(200);
            assertThat(server.get(HERE + "/manifests/" + kept).statusCode()).isEqualTo(200);
        }
        System.out.println(ANSWERS + " odd answers of an upstream by what a client saw: " + statuses);
        assertThat(statuses).containsKeys(200, 404, 502);
    }

    private Digest kept(LoopbackServer server) {
        var config = upstream.blob("library/nginx", "config".getBytes(UTF_8));
        var manifest = "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"a/b\",\"digest\":\"" + config
                + "\",\"size\":6},\"layers\":[]}";
        var digest = upstream.manifest("library/nginx", "kept", ScriptedUpstream.IMAGE, manifest.getBytes(UTF_8));
        assertThat(server.get(HERE + "/manifests/kept").statusCode()).isEqualTo(200);
        return digest;
    }

    /** A status, up to three headers and a body, from what is above. */
    private Reaction reaction(Random random) {
        var status = of(random, STATUSES);
        var body = of(random, BODIES);
        var headers = new TreeMap<String, String>();
        for (var i = random.nextInt(4); i > 0; i--) {
            var name = of(random, List.copyOf(HEADERS.keySet()));
            headers.put(
                    name,
                    of(random, HEADERS.getOrDefault(name, List.of("")))
                            .replace("UPSTREAM", upstream.url().toString()));
        }
        return new Reaction() {
            @Override
            public void react(HttpExchange exchange, Optional<ScriptedUpstream.Content> content) throws IOException {
                headers.forEach(exchange.getResponseHeaders()::add);
                var bytes = body.getBytes(UTF_8);
                try (exchange) {
                    var isBare = exchange.getRequestMethod().equals("HEAD") || status == 204 || bytes.length == 0;
                    exchange.sendResponseHeaders(status, isBare ? -1 : bytes.length);
                    if (!isBare) {
                        exchange.getResponseBody().write(bytes);
                    }
                }
            }

            @Override
            public String toString() {
                return status + " " + headers + " " + body.substring(0, Math.min(80, body.length()));
            }
        };
    }

    private static <T> T of(Random random, List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private LoopbackServer open() {
        var source = MirrorSettings.of("docker.io", upstream.url());
        var settings = new MirrorSettings(
                "docker.io",
                "docker.io",
                source.source(),
                Duration.ofMillis(1),
                false,
                source.choice(),
                source.limits());
        return LoopbackServer.start(folder.resolve("data"), AccessSettings.OPEN, List.of(settings));
    }
}
