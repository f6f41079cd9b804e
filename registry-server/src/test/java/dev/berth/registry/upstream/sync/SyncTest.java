package dev.berth.registry.upstream.sync;

import static dev.berth.registry.upstream.sync.OpenSync.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.catalog.PushManifest;
import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.Reaction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sync copies, and which requests it sends. */
final class SyncTest {
    private static final String TAGS = "GET /v2/library/nginx/tags/list";

    private final StoppedClock clock = new StoppedClock();
    private final OpenSync sync;

    SyncTest(@TempDir Path folder) {
        this.sync = new OpenSync(folder, clock);
    }

    @AfterEach
    void close() {
        sync.close();
    }

    @Test
    void a_first_sync_lists_once_and_asks_for_each_manifest_and_each_blob_once() throws InterruptedException {
        sync.nginx.image("1.27", "a layer");
        sync.nginx.image("1.28", "another layer");
        sync.nginx.lists("1.27", "1.28");

        var progress = sync.sync();

        assertThat(sync.tags()).containsExactly("1.27", "1.28");
        assertThat(progress.done()).isEqualTo(2);
        assertThat(progress.total()).isEqualTo(2);
        assertThat(progress.bytes()).isPositive();
        assertThat(sync.upstream.asked("/tags/list")).hasSize(1);
        assertThat(sync.upstream.asked("GET /v2/library/nginx/manifests/")).hasSize(2);
        assertThat(sync.upstream.asked("GET /v2/library/nginx/blobs/")).hasSize(4);
        assertThat(sync.upstream.asked("")).hasSize(7);
    }

    @Test
    void a_sync_with_nothing_new_lists_once_asks_for_each_tag_by_head_and_copies_nothing() throws InterruptedException {
        sync.nginx.image("1.27", "a layer");
        sync.nginx.image("1.28", "another layer");
        sync.nginx.lists("1.27", "1.28");
        sync.sync();
        sync.requests();

        var progress = sync.sync();

        assertThat(progress.bytes()).isZero();
        assertThat(progress.done()).isEqualTo(2);
        assertThat(sync.requests())
                .hasSize(3)
                .contains("HEAD /v2/library/nginx/manifests/1.27", "HEAD /v2/library/nginx/manifests/1.28")
                .anyMatch(request -> request.startsWith(TAGS));
    }

    @Test
    void tags_that_are_named_are_not_listed() throws InterruptedException {
        sync.nginx.image("1.27", "a layer");
        sync.wants(Map.of("names", List.of("1.27")));
        sync.sync();
        sync.requests();

        sync.sync();

        assertThat(sync.requests()).containsExactly("HEAD /v2/library/nginx/manifests/1.27");
    }

    @Test
    void with_tags_that_are_to_stay_a_named_tag_that_is_here_is_not_even_asked_for() throws InterruptedException {
        var first = sync.nginx.image("1.27", "a layer");
        sync.wants(Map.of("names", List.of("1.27")));
        sync.set("tagMovePolicy", "Keep");
        sync.sync();
        sync.nginx.image("1.27", "moved");
        sync.requests();

        sync.sync();

        assertThat(sync.requests()).isEmpty();
        assertThat(sync.stored("1.27")).contains(first);
    }

    @Test
    void a_tag_that_moves_is_followed_and_only_what_is_new_is_fetched() throws InterruptedException {
        sync.nginx.image("1.27", "a layer");
        sync.nginx.lists("1.27");
        sync.sync();
        var moved = sync.nginx.image("1.27", "a layer", "2026-11-02T00:00:00Z");
        sync.requests();

        sync.sync();

        assertThat(sync.stored("1.27")).contains(moved);
        assertThat(sync.upstream.asked("GET /v2/library/nginx/blobs/"))
                .as("its configuration, not its layer")
                .hasSize(1);
    }

    @Test
    void a_tag_that_a_person_has_pushed_is_neither_asked_for_nor_moved() throws InterruptedException {
        sync.nginx.image("1.27", "a layer");
        sync.nginx.lists("1.27");
        var theirs = push("1.27");

        sync.sync();

        assertThat(sync.stored("1.27")).contains(theirs);
        assertThat(sync.upstream.asked("/manifests/")).isEmpty();
    }

    @Test
    void layers_that_images_share_are_fetched_once_and_mounted_into_other_repositories() throws InterruptedException {
        var redis = new UpstreamImages(sync.upstream, "library/redis");
        for (var tag : List.of("1", "2", "3")) {
            sync.nginx.image(tag, "shared");
            redis.image(tag, "shared");
        }
        sync.set(
                "images",
                List.of(
                        Map.of("repository", "library/nginx", "tags", Map.of("names", List.of("1", "2", "3"))),
                        Map.of("repository", "library/redis", "tags", Map.of("names", List.of("1", "2", "3")))));

        sync.sync();

        assertThat(sync.failures()).isEmpty();
        assertThat(sync.upstream.asked("/blobs/"))
                .as("a layer and a configuration")
                .hasSize(2);
    }

    @Test
    void blobs_of_other_repositories_than_the_mirrors_are_not_mounted() throws InterruptedException {
        sync.nginx.image("1", "private");
        sync.nginx.lists("1");
        sync.open.push(new RepositoryName("team/private"), "private");

        sync.sync();

        assertThat(sync.upstream.asked("/blobs/")).hasSize(2);
    }

    @Test
    void an_index_stays_as_it_is_and_only_chosen_platforms_are_copied() throws InterruptedException {
        var index = sync.nginx.index("1", Map.of("linux/amd64", "for amd64", "linux/arm64", "for arm64"));
        sync.nginx.lists("1");
        sync.wantsPlatforms("linux/amd64");

        sync.sync();

        assertThat(sync.stored("1")).contains(index);
        assertThat(sync.upstream.asked("/blobs/")).hasSize(2);
        assertThat(sync.upstream.asked("GET /v2/library/nginx/manifests/")).hasSize(2);

        sync.wantsPlatforms("linux/amd64", "linux/arm64");
        sync.sync();

        assertThat(sync.upstream.asked("/blobs/")).hasSize(4);
        assertThat(sync.failures()).isEmpty();
    }

    @Test
    void an_index_without_any_of_the_chosen_platforms_is_a_failure_that_says_what_there_is()
            throws InterruptedException {
        sync.nginx.index("1", Map.of("linux/amd64", "for amd64", "linux/arm64", "for arm64"));
        sync.nginx.lists("1");
        sync.wantsPlatforms("linux/s390x");

        sync.sync();

        assertThat(sync.failures())
                .containsExactly(
                        "library/nginx:1 Platform: it has no image for linux/s390x, only for linux/amd64, linux/arm64");
    }

    @Test
    void referrers_come_along_before_their_image_and_new_ones_later() throws InterruptedException {
        var image = sync.nginx.image("1", "a layer");
        var signature = sync.nginx.signature(image);
        sync.nginx.lists("1");
        sync.set("includeReferrers", true);

        sync.sync();

        assertThat(sync.stored(signature.toString())).contains(signature);
        assertThat(sync.failures()).isEmpty();
        sync.requests();
        sync.sync();
        assertThat(sync.requests())
                .hasSize(3)
                .contains("HEAD /v2/library/nginx/manifests/1", "GET /v2/library/nginx/referrers/" + image);
    }

    @Test
    void signatures_that_are_stored_as_tags_come_along_with_their_images() throws InterruptedException {
        var image = sync.nginx.image("1", "a layer");
        var signature = "sha256-" + image.hex() + ".sig";
        var foreign = "sha256-" + "0".repeat(64) + ".sig";
        sync.nginx.image(signature, "a signature");
        sync.nginx.image(foreign, "of another image");
        sync.nginx.lists("1", signature, foreign);
        sync.set("includeReferrers", true);
        sync.upstream.when("/referrers/", Reaction.status(404));

        sync.sync();

        assertThat(sync.tags()).containsExactly("1", signature);
    }

    @Test
    void the_newest_by_age_are_told_by_what_their_configurations_say_and_each_is_asked_once()
            throws InterruptedException {
        sync.nginx.image("old", "old", "2025-01-01T00:00:00Z");
        sync.nginx.image("new", "new", "2026-02-01T00:00:00+02:00");
        sync.nginx.image("newer", "newer", "2026-03-01T00:00:00Z");
        sync.nginx.lists("new", "newer", "old");
        sync.wants(Map.of("newest", 2));

        sync.sync();

        assertThat(sync.tags()).containsExactly("new", "newer");
        sync.requests();
        sync.sync();
        assertThat(sync.requests())
                .hasSize(4)
                .allMatch(request -> request.startsWith("HEAD") || request.startsWith(TAGS));
    }

    @Test
    void an_image_that_fails_holds_nothing_else_up_and_is_tried_again_after_a_while() throws InterruptedException {
        sync.nginx.image("1", "a layer");
        var broken = sync.nginx.image("2", "broken");
        sync.nginx.lists("1", "2");
        sync.upstream.when("/manifests/2", Reaction.status(403));

        var progress = sync.sync();

        assertThat(progress.done()).isEqualTo(1);
        assertThat(sync.tags()).containsExactly("1");
        assertThat(sync.failures()).hasSize(1).first().asString().startsWith("library/nginx:2 Refused: ");
        assertThat(sync.pending.due(clock.instant())).isEmpty();

        sync.upstream.when("/manifests/2", Reaction.NONE);
        sync.requests();
        clock.advance(Duration.ofSeconds(30));
        sync.again();

        assertThat(sync.stored("2")).contains(broken);
        assertThat(sync.pending.isEmpty()).isTrue();
        assertThat(sync.requests()).as("only what failed").noneMatch(request -> request.contains("manifests/1"));
    }

    @Test
    void a_blob_that_breaks_off_is_gone_on_with_from_there() throws InterruptedException {
        var layer = "a long layer".repeat(100_000);
        sync.nginx.image("1", layer);
        sync.nginx.lists("1");
        var path = "/blobs/" + Algorithm.SHA256.digestOf(layer.getBytes(StandardCharsets.UTF_8));
        sync.upstream.when(path, (exchange, content) -> {
            var isWhole = exchange.getRequestHeaders().getFirst("Range") == null;
            (isWhole ? Reaction.cutAfter(1_000_000) : Reaction.NONE).react(exchange, content);
        });

        sync.sync();

        assertThat(sync.failures()).isEmpty();
        assertThat(sync.tags()).containsExactly("1");
        assertThat(sync.upstream.asked(path))
                .hasSize(2)
                .last()
                .satisfies(request -> assertThat(request.range())
                        .hasValueSatisfying(range -> assertThat(range).matches("bytes=[1-9][0-9]+-")));
    }

    @Test
    void a_wrong_byte_never_enters() throws InterruptedException {
        sync.nginx.image("1", "a layer");
        sync.nginx.lists("1");
        sync.upstream.when("/blobs/", Reaction.wrongBytes());

        sync.sync();

        assertThat(sync.tags()).isEmpty();
        assertThat(sync.stores().metadata().totals().read().blobs()).isZero();
        assertThat(sync.failures()).hasSize(1).first().asString().startsWith("library/nginx:1 Malformed: the bytes");
    }

    @Test
    void once_the_upstream_wants_to_be_left_alone_the_rest_waits_until_then() throws InterruptedException {
        var names = IntStream.range(0, 40).mapToObj(Integer::toString).toList();
        names.forEach(name -> sync.nginx.image(name, "layer"));
        sync.wants(Map.of("names", names));
        sync.upstream.when("/manifests/", Reaction.status(429, "Retry-After", "600"));

        sync.sync();

        assertThat(sync.upstream.asked("/manifests/")).hasSizeLessThanOrEqualTo(8);
        assertThat(sync.pending.size()).isEqualTo(40);
        assertThat(sync.pending.next()).contains(clock.instant().plusSeconds(600));

        sync.upstream.recover();
        clock.advance(Duration.ofMinutes(10));
        sync.again();

        assertThat(sync.tags()).hasSize(40);
        assertThat(sync.pending.isEmpty()).isTrue();
    }

    @Test
    void a_mirror_that_keeps_all_that_it_may_keep_copies_no_more_and_says_so() throws InterruptedException {
        sync.nginx.image("1", "a layer");
        sync.nginx.lists("1");
        sync.sync();
        var kept = sync.stores().metadata().mirrored().bytes(new RepositoryName("docker.io"));
        sync.nginx.image("2", "another layer");
        sync.nginx.image("3", "a third layer");
        sync.nginx.lists("1", "2", "3");
        sync.set("name", "team/hub");
        sync.set("maxBytes", kept);
        sync.requests();

        sync.sync();

        assertThat(sync.failures())
                .hasSize(2)
                .allMatch(failure -> failure.contains("QuotaReached: mirror team/hub stores ")
                        && failure.endsWith("raise spec.quota.size or delete images"));
        assertThat(sync.requests())
                .as("only where the tag stands that is here")
                .noneMatch(request -> request.startsWith("GET") && !request.contains("tags/list"));
        assertThat(sync.tags()).containsExactly("1");

        sync.set("maxBytes", 1_000_000L);
        clock.advance(Duration.ofMinutes(1));
        sync.again();
        assertThat(sync.tags()).containsExactly("1", "2", "3");
        assertThat(sync.failures()).isEmpty();
    }

    @Test
    void a_full_mirror_still_prunes_and_then_goes_on() throws InterruptedException {
        sync.nginx.image("1", "a layer".repeat(100));
        sync.nginx.lists("1");
        sync.sync();
        sync.nginx.image("2", "a small layer");
        sync.nginx.lists("2");
        sync.set("prune", true);
        sync.set("maxBytes", sync.stores().metadata().mirrored().bytes(new RepositoryName("docker.io")));

        sync.sync();
        assertThat(sync.failures()).hasSize(1);
        assertThat(sync.tags()).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        sync.sync();
        assertThat(sync.tags()).as("the manifest that went made room").containsExactly("2");
    }

    @Test
    void a_sync_that_was_stopped_goes_on_with_what_is_missing() throws InterruptedException {
        sync.nginx.image("1", "a layer");
        sync.nginx.image("2", "another layer");
        sync.nginx.lists("1", "2");
        sync.upstream.when("/manifests/2", Reaction.status(403));
        sync.sync();
        sync.requests();
        sync.upstream.when("/manifests/2", Reaction.NONE);

        sync.sync();

        assertThat(sync.tags()).containsExactly("1", "2");
        assertThat(sync.upstream.asked("manifests/1"))
                .hasSize(1)
                .allMatch(request -> request.method().equals("HEAD"));
    }

    private Digest push(String tag) {
        var config = sync.open.push(HERE, "{}");
        var body = ManifestJson.body(ManifestJson.image(config));
        PushManifest.of(sync.stores()).put(HERE, new Tag(tag), body);
        return sync.stored(tag).orElseThrow();
    }
}
