package dev.berth.registry.upstream.sync;

import static dev.berth.registry.upstream.sync.OpenSync.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.catalog.PushManifest;
import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.Reaction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sync deletes, and what it never deletes. */
final class PruneTest {
    private final OpenSync sync;

    PruneTest(@TempDir Path folder) {
        this.sync = new OpenSync(folder, new StoppedClock());
    }

    @BeforeEach
    void mirror() {
        sync.set("prune", true);
    }

    @AfterEach
    void close() {
        sync.close();
    }

    @Test
    void a_tag_that_is_gone_upstream_goes_here_with_what_only_it_kept() throws InterruptedException {
        var index = sync.nginx.index("1", Map.of("linux/amd64", "for amd64", "linux/arm64", "for arm64"));
        sync.nginx.image("2", "stays");
        sync.nginx.lists("1", "2");
        sync.sync();
        assertThat(sync.stores().metadata().totals().read().manifests()).isEqualTo(4);

        sync.nginx.lists("2");
        sync.sync();

        assertThat(sync.tags()).containsExactly("2");
        assertThat(sync.stored(index.toString())).isEmpty();
        assertThat(sync.stores().metadata().totals().read().manifests()).isEqualTo(1);
    }

    @Test
    void a_tag_that_is_no_longer_wanted_goes() throws InterruptedException {
        copied("1.0", "1.1", "1.2");

        sync.wants(Map.of("semver", "1.x", "newest", 1));
        sync.sync();

        assertThat(sync.tags()).containsExactly("1.2");
    }

    @Test
    void a_repository_that_is_no_longer_wanted_is_emptied() throws InterruptedException {
        copied("1.0");
        new UpstreamImages(sync.upstream, "library/redis").lists();
        sync.set("images", List.of(Map.of("repository", "library/redis")));

        sync.sync();

        assertThat(sync.tags()).isEmpty();
    }

    @Test
    void what_a_pod_uses_stays_by_tag_and_by_digest() throws InterruptedException {
        copied("1.0", "1.1", "1.2");
        var digest = sync.stored("1.1").orElseThrow();
        sync.set("keep", List.of("docker.io/library/nginx:1.0", "nginx@" + digest, "no image's name!"));

        sync.nginx.lists("1.3");
        sync.sync();

        assertThat(sync.tags()).containsExactly("1.0", "1.1");
    }

    @Test
    void what_a_pod_uses_stays_when_only_a_digest_of_its_name_is_told() throws InterruptedException {
        copied("1.0", "1.1", "1.2", "1.3");
        var digest = sync.stored("1.1").orElseThrow();
        sync.set("name", "team-a/hub");
        sync.set(
                "keepDigests",
                List.of(
                        // printf 'team-a/hub\ndocker.io/library/nginx:1.0' | sha256sum | cut -c-32
                        "c1890eeaeee94e0b6bd9096c5bdf36be",
                        told("team-a/hub", "docker.io/library/nginx@" + digest),
                        told("team-b/hub", "docker.io/library/nginx:1.2")));
        sync.set("keep", List.of("docker.io/library/nginx:1.3"));

        sync.nginx.lists("2.0");
        sync.sync();

        assertThat(sync.tags())
                .as("a digest that was made for another mirror keeps nothing in this one")
                .containsExactly("1.0", "1.1", "1.3");
    }

    @Test
    void a_platform_stays_of_an_index_that_goes_when_only_a_digest_of_its_name_is_told() throws InterruptedException {
        sync.nginx.index("1", Map.of("linux/amd64", "for amd64", "linux/arm64", "for arm64"));
        sync.nginx.lists("1");
        sync.sync();
        var children = sync.upstream.asked("manifests/sha256:").stream()
                .map(request ->
                        Digest.parse(request.path().substring(request.path().lastIndexOf('/') + 1)))
                .toList();
        sync.set("keepDigests", List.of(told("docker.io", "docker.io/library/nginx@" + children.getFirst())));

        sync.nginx.lists();
        sync.sync();

        assertThat(sync.stored(children.getFirst().toString())).isPresent();
        assertThat(sync.stored(children.getLast().toString())).isEmpty();
    }

    private static String told(String mirror, String image) {
        var text = (mirror + "\n" + image).getBytes(StandardCharsets.UTF_8);
        return Algorithm.SHA256.digestOf(text).hex().substring(0, 32);
    }

    @Test
    void a_platform_that_a_pod_uses_by_digest_outlives_its_index() throws InterruptedException {
        sync.nginx.index("1", Map.of("linux/amd64", "for amd64", "linux/arm64", "for arm64"));
        sync.nginx.lists("1");
        sync.sync();
        var children = sync.upstream.asked("manifests/sha256:").stream()
                .map(request ->
                        Digest.parse(request.path().substring(request.path().lastIndexOf('/') + 1)))
                .toList();
        sync.set("keep", List.of("docker.io/library/nginx@" + children.getFirst()));

        sync.nginx.lists();
        sync.sync();

        assertThat(sync.stored(children.getFirst().toString())).isPresent();
        assertThat(sync.stored(children.getLast().toString())).isEmpty();
    }

    @Test
    void what_a_person_has_pushed_stays_by_tag_and_by_digest() throws InterruptedException {
        copied("1.0", "1.1");
        var theirs = push("mine");
        var image =
                sync.stores().metadata().manifests().get(HERE, new Tag("1.1")).orElseThrow();
        var again = ManifestJson.body(image.mediaType(), new String(image.bytes(), StandardCharsets.UTF_8));
        PushManifest.of(sync.stores()).put(HERE, image.digest(), again);

        sync.nginx.lists();
        sync.sync();

        assertThat(sync.tags()).containsExactly("mine");
        assertThat(sync.stored("mine")).contains(theirs);
        assertThat(sync.stored(image.digest().toString())).isPresent();
    }

    @Test
    void signatures_go_with_their_images() throws InterruptedException {
        var image = sync.nginx.image("1", "a layer");
        var signature = sync.nginx.signature(image);
        var tag = "sha256-" + image.hex() + ".sig";
        sync.nginx.image(tag, "a signature");
        sync.nginx.image("2", "unsigned");
        sync.nginx.lists("1", "2", tag);
        sync.set("includeReferrers", true);
        sync.upstream.when("/referrers/" + sync.nginx.image("2", "unsigned"), Reaction.status(404));
        sync.sync();
        assertThat(sync.tags()).containsExactly("1", "2", tag);

        sync.sync();
        assertThat(sync.tags()).as("with their images they stay").containsExactly("1", "2", tag);

        sync.nginx.lists("2", tag);
        sync.sync();
        assertThat(sync.tags()).containsExactly("2");
        assertThat(sync.stored(signature.toString())).isEmpty();
    }

    @Test
    void a_named_tag_goes_once_the_upstreams_list_lacks_it_too() throws InterruptedException {
        sync.wants(Map.of("names", List.of("1", "2")));
        sync.nginx.image("1", "one");
        sync.nginx.image("2", "two");
        sync.sync();
        sync.upstream.when("/manifests/1", Reaction.status(404));
        sync.nginx.lists("1", "2");

        sync.sync();
        assertThat(sync.tags()).as("the list has it: that may be a fault").containsExactly("1", "2");

        sync.nginx.lists("2");
        sync.sync();
        assertThat(sync.tags()).containsExactly("2");
        assertThat(sync.failures()).hasSize(1).first().asString().startsWith("library/nginx:1 Missing: ");
    }

    @Test
    void an_upstream_that_is_gone_prunes_nothing() throws InterruptedException {
        copied("1.0", "1.1");

        for (var status : List.of(404, 401, 500)) {
            sync.upstream.when("/v2/", Reaction.status(status));
            sync.sync();
        }

        assertThat(sync.tags()).containsExactly("1.0", "1.1");
    }

    @Test
    void an_image_does_not_go_for_old_when_its_configuration_is_answered_with_something_else()
            throws InterruptedException {
        sync.wants(Map.of("newest", 1));
        sync.nginx.image("old", "an old layer", "2026-01-01T00:00:00Z");
        sync.nginx.lists("old");
        sync.sync();
        var newer = sync.nginx.image("new", "a new layer", "2026-11-01T00:00:00Z");
        sync.nginx.lists("old", "new");

        sync.upstream.when("/blobs/", Reaction.json("<html>Please log in</html>"));
        sync.sync();
        assertThat(sync.tags()).containsExactly("old");
        assertThat(sync.failures()).first().asString().startsWith("library/nginx Malformed: ");

        sync.upstream.recover();
        sync.nginx.lists("old", "new");
        sync.sync();
        assertThat(sync.tags()).containsExactly("new");
        assertThat(sync.stored("new")).contains(newer);
    }

    @Test
    void a_tag_that_is_listed_and_not_found_is_left_as_it_is() throws InterruptedException {
        sync.wants(Map.of("newest", 2));
        copied("1", "2");

        sync.upstream.when("/manifests/1", Reaction.status(404));
        sync.sync();

        assertThat(sync.tags()).containsExactly("1", "2");
    }

    @Test
    void without_the_word_nothing_is_pruned() throws InterruptedException {
        copied("1.0", "1.1");
        sync.set("prune", false);

        sync.nginx.lists("1.0");
        sync.sync();

        assertThat(sync.tags()).containsExactly("1.0", "1.1");
    }

    private void copied(String... tags) throws InterruptedException {
        for (var tag : tags) {
            sync.nginx.image(tag, "layer of " + tag);
        }
        sync.nginx.lists(tags);
        sync.sync();
        assertThat(sync.tags()).containsExactly(tags);
    }

    private Digest push(String tag) {
        var config = sync.open.push(HERE, "{}");
        PushManifest.of(sync.stores()).put(HERE, new Tag(tag), ManifestJson.body(ManifestJson.image(config)));
        return sync.stored(tag).orElseThrow();
    }
}
