package dev.berth.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.settings.Section;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags and referrers of a mirror on demand, as a client lists them. */
final class MirroredListsIT {
    private static final String HERE = "/v2/docker.io/library/nginx";
    private static final String TAGS = HERE + "/tags/list";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Digest SUBJECT = Algorithm.SHA256.digestOf("subject".getBytes(UTF_8));
    private static final String REFERRERS = HERE + "/referrers/" + SUBJECT;

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.start();
        server = open(Duration.ofHours(1), Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void all_tags_of_the_upstream_are_listed_and_asked_for_once() {
        lists("c", "a", "b");

        for (var i = 0; i < 3; i++) {
            assertThat(server.get(TAGS).body()).isEqualTo(body("a", "b", "c"));
        }
        assertThat(upstream.asked("/tags/list")).hasSize(1);
        assertThat(server.get("/v2/library/nginx/tags/list?ns=docker.io").body())
                .contains("\"a\",\"b\",\"c\"");
    }

    @Test
    void a_thousand_who_list_at_once_cost_one_request() throws Exception {
        var start = new CountDownLatch(1);
        upstream.when("/tags/list", Reaction.heldBy(start, Reaction.json("{\"tags\":[\"a\"]}")));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var lists = IntStream.range(0, 200)
                    .mapToObj(_ -> threads.submit(() -> server.get(TAGS).body()))
                    .toList();
            await("the first request")
                    .atMost(SOON)
                    .until(() -> !upstream.asked("/tags/list").isEmpty());
            start.countDown();
            for (var list : lists) {
                assertThat(list.get()).isEqualTo(body("a"));
            }
        }
        assertThat(upstream.asked("/tags/list")).hasSize(1);
    }

    @Test
    void tags_that_are_here_and_there_are_one_sorted_list_in_pages() {
        pulled("b", "d");
        lists("e", "a", "c", "d");

        assertThat(server.get(TAGS).body()).isEqualTo(body("a", "b", "c", "d", "e"));
        var first = server.get(TAGS + "?n=2");
        assertThat(first.body()).isEqualTo(body("a", "b"));
        assertThat(first.headers().firstValue("Link")).contains("<" + TAGS + "?n=2&last=b>; rel=\"next\"");
        assertThat(server.get(TAGS + "?n=2&last=b").body()).isEqualTo(body("c", "d"));
        var last = server.get(TAGS + "?n=2&last=d");
        assertThat(last.body()).isEqualTo(body("e"));
        assertThat(last.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void when_the_upstream_is_away_the_list_stands_as_it_was() {
        server.close();
        server = open(Duration.ofMillis(1), Map.of());
        pulled("once");
        lists("a");
        assertThat(server.get(TAGS).body()).isEqualTo(body("a", "once"));

        for (var failure : List.of(
                Reaction.status(503),
                Reaction.status(401),
                Reaction.json("{}"),
                Reaction.status(429, "Retry-After", "1"))) {
            upstream.when("/tags/list", failure);
            assertThat(server.get(TAGS).body()).isEqualTo(body("a", "once"));
        }
    }

    @Test
    void what_is_not_known_is_not_called_absent() {
        assertThat(server.get("/v2/docker.io/library/absent/tags/list").statusCode())
                .isEqualTo(404);
        upstream.when("/tags/list", Reaction.status(503));
        upstream.when("/other/tags/list", Reaction.status(429, "Retry-After", "30"));

        var failed = server.get(TAGS);
        assertThat(failed.statusCode()).isEqualTo(502);
        assertThat(failed.body()).contains("docker.io answers 503 when asked for tags of library/nginx");
        assertThat(server.get("/v2/docker.io/library/other/tags/list").statusCode())
                .isEqualTo(429);
    }

    @Test
    void a_mirror_of_chosen_images_lists_those() {
        server.close();
        server = open(
                Duration.ofHours(1),
                Map.of("images", List.of(Map.of("repository", "library/nginx", "tags", Map.of("semver", ">=1 <3")))));
        lists("1.0.0", "2.0.0", "3.0.0", "latest");

        assertThat(server.get(TAGS).body()).isEqualTo(body("1.0.0", "2.0.0"));
        assertThat(server.get("/v2/docker.io/library/other/tags/list").statusCode())
                .isEqualTo(404);
        assertThat(upstream.asked("/other/")).isEmpty();
    }

    @Test
    void signatures_that_nobody_has_pulled_yet_are_listed() {
        var one = refers("application/vnd.one", ",\"annotations\":{\"k\":\"v\"}");
        var two = refers("application/vnd.two", "");
        upstream.put("/v2/library/nginx/referrers/" + SUBJECT, ScriptedUpstream.INDEX, index(one, two));

        assertThat(server.get(REFERRERS).body()).contains(one, two);
        var filtered = server.get(REFERRERS + "?artifactType=application/vnd.one");
        assertThat(filtered.body()).contains(one).doesNotContain("vnd.two");
        assertThat(filtered.headers().firstValue("OCI-Filters-Applied")).contains("artifactType");
        assertThat(upstream.asked("/referrers/")).hasSize(1);
    }

    @Test
    void an_image_is_not_called_unsigned_because_the_upstream_is_away_or_cannot_be_understood() {
        for (var failure : List.of(
                Reaction.json("{}", "Content-Type", ScriptedUpstream.INDEX),
                Reaction.status(401),
                Reaction.status(503))) {
            var subject = Algorithm.SHA256.digestOf(failure.toString().getBytes(UTF_8));
            upstream.when("/referrers/", failure);
            upstream.when("/manifests/sha256-", failure);
            var refused = server.get(HERE + "/referrers/" + subject);
            assertThat(refused.statusCode()).isEqualTo(502);
            assertThat(refused.body()).contains("docker.io: ");
        }
    }

    @Test
    void an_image_that_nobody_has_signed_has_an_empty_list() {
        var answer = server.get(REFERRERS);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"manifests\":[]");
        assertThat(upstream.asked(""))
                .extracting(Object::toString)
                .containsExactly(
                        "GET /v2/library/nginx/referrers/" + SUBJECT,
                        "GET /v2/library/nginx/manifests/sha256-" + SUBJECT.hex());
    }

    @Test
    void referrers_come_from_every_page() {
        var one = refers("application/vnd.one", "");
        var two = refers("application/vnd.two", "");
        upstream.when(
                "/referrers/", page(index(one), "</v2/library/nginx/referrers/" + SUBJECT + "?page=2>; rel=next"));
        upstream.when("page=2", page(index(two), ""));

        assertThat(server.get(REFERRERS).body()).contains(one, two);
    }

    @Test
    void a_mirror_that_copies_on_a_schedule_lists_what_it_has() {
        server.close();
        server = open(
                Duration.ofHours(1),
                Map.of("mode", "Scheduled", "images", List.of(Map.of("repository", "library/redis"))));
        lists("a");

        assertThat(server.get(TAGS).statusCode()).isEqualTo(404);
        assertThat(upstream.asked("/library/nginx/")).isEmpty();
    }

    private static Reaction page(byte[] index, String link) {
        return (exchange, _) -> {
            if (!link.isEmpty()) {
                exchange.getResponseHeaders().add("Link", link);
            }
            Reaction.NONE.react(exchange, Optional.of(new ScriptedUpstream.Content(ScriptedUpstream.INDEX, index)));
        };
    }

    /** A descriptor as lists have it. */
    private static String refers(String type, String more) {
        var digest = Algorithm.SHA256.digestOf(type.getBytes(UTF_8));
        return "{\"mediaType\":\"" + ScriptedUpstream.IMAGE + "\",\"digest\":\"" + digest
                + "\",\"size\":7,\"artifactType\":\"" + type + "\"" + more + "}";
    }

    private static byte[] index(String... descriptors) {
        return ("{\"schemaVersion\":2,\"manifests\":[" + String.join(",", descriptors) + "]}").getBytes(UTF_8);
    }

    private void lists(String... tags) {
        upstream.when("/v2/library/nginx/tags/list", Reaction.json("{\"tags\":" + array(tags) + "}"));
    }

    private static String body(String... tags) {
        return "{\"name\":\"docker.io/library/nginx\",\"tags\":" + array(tags) + "}";
    }

    private static String array(String... tags) {
        return Arrays.stream(tags).collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }

    /** By pulling them. */
    private void pulled(String... tags) {
        for (var tag : tags) {
            var config = upstream.blob("library/nginx", tag.getBytes(UTF_8));
            var manifest = "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"a/b\",\"size\":1,\"digest\":\"" + config
                    + "\"},\"layers\":[]}";
            upstream.manifest("library/nginx", tag, ScriptedUpstream.IMAGE, manifest.getBytes(UTF_8));
            assertThat(server.get(HERE + "/manifests/" + tag).statusCode()).isEqualTo(200);
        }
    }

    private LoopbackServer open(Duration interval, Map<String, Object> more) {
        var written = new HashMap<String, Object>(more);
        written.put("upstream", "docker.io");
        written.put("url", upstream.url().toString());
        var read = Section.read(written, MirrorSettings::from);
        var settings = new MirrorSettings(
                "docker.io", "docker.io", read.source(), interval, false, read.choice(), read.limits());
        return LoopbackServer.start(folder.resolve("data"), AccessSettings.OPEN, List.of(settings));
    }
}
