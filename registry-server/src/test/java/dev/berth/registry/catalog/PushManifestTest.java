package dev.berth.registry.catalog;

import static dev.berth.registry.catalog.OpenCatalog.bytes;
import static dev.berth.registry.manifest.ManifestJson.IMAGE;
import static dev.berth.registry.manifest.ManifestJson.body;
import static dev.berth.registry.manifest.ManifestJson.descriptor;
import static dev.berth.registry.manifest.ManifestJson.image;
import static dev.berth.registry.manifest.ManifestJson.index;
import static dev.berth.registry.manifest.ManifestJson.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.metadata.manifest.Condition;
import dev.berth.registry.metadata.manifest.Expectation;
import dev.berth.registry.metadata.manifest.PutManifest;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PushManifestTest {
    private static final RepositoryName WEB = new RepositoryName("team/web");
    private static final Tag ONE = new Tag("1");

    private final OpenCatalog open;
    private final Digest config;

    PushManifestTest(@TempDir Path folder) {
        open = OpenCatalog.in(folder);
        config = open.push(WEB, "config");
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void a_manifest_is_stored_under_its_digest_and_its_tags() {
        var image = image(config);
        var digest = Algorithm.SHA256.digestOf(bytes(image));

        assertThat(put().put(WEB, new Condition(ONE, Expectation.NONE), body(image), Set.of(Tag.LATEST)))
                .isEqualTo(new PutManifest.Stored(digest, Optional.empty(), Set.of(ONE, Tag.LATEST)));

        for (var reference : List.of(digest, ONE, Tag.LATEST)) {
            assertThat(open.stores()
                            .metadata()
                            .manifests()
                            .get(WEB, reference)
                            .orElseThrow()
                            .bytes())
                    .isEqualTo(bytes(image));
        }
    }

    @Test
    void a_manifest_pushed_by_digest_has_no_tag() {
        var image = image(config);
        var digest = Algorithm.SHA512.digestOf(bytes(image));

        assertThat(put().put(WEB, digest, body(image)))
                .isEqualTo(new PutManifest.Stored(digest, Optional.empty(), Set.of()));
        assertThat(open.stores().metadata().totals().read().tags()).isZero();
    }

    @Test
    void a_manifest_pushed_by_a_wrong_digest_is_refused() {
        var announced = Algorithm.SHA256.digestOf(bytes("something else"));
        var actual = Algorithm.SHA256.digestOf(bytes(image(config)));

        assertThat(put().put(WEB, announced, body(image(config))))
                .isEqualTo(new PutManifest.DigestMismatch(announced, actual));
        assertThat(open.stores().metadata().totals().read().manifests()).isZero();
    }

    @Test
    void a_manifest_that_names_what_is_missing_says_what() {
        var missing = Algorithm.SHA256.digestOf(bytes("missing"));

        assertThat(put().put(WEB, ONE, body(image(config, missing))))
                .isEqualTo(new PutManifest.MissingReferences(List.of(missing), List.of()));
        assertThat(put().put(WEB, ONE, body(index(missing))))
                .isEqualTo(new PutManifest.MissingReferences(List.of(), List.of(missing)));
        assertThat(open.stores().metadata().manifests().get(WEB, ONE)).isEmpty();
    }

    @Test
    void an_index_of_what_is_there_is_stored() {
        var child = Algorithm.SHA256.digestOf(bytes(image(config)));
        put().put(WEB, child, body(image(config)));

        assertThat(put().put(WEB, ONE, body(index(child)))).isInstanceOf(PutManifest.Stored.class);
    }

    @Test
    void a_referrer_may_come_before_its_subject() {
        var subject = Algorithm.SHA256.digestOf(bytes("comes later"));
        var signature = with(image(config), "\"subject\": " + descriptor(IMAGE, subject));

        var outcome = put().put(WEB, ONE, body(signature));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PutManifest.Stored.class,
                        stored -> assertThat(stored.subject()).contains(subject));
        assertThat(open.stores()
                        .metadata()
                        .referrers()
                        .list(WEB, subject, PageRequest.first(10))
                        .items())
                .hasSize(1);
    }

    @Test
    void a_tag_that_has_moved_is_left_where_it_is() {
        var first = Algorithm.SHA256.digestOf(bytes(image(config)));
        put().put(WEB, ONE, body(image(config)));

        var outcome =
                put().put(WEB, new Condition(ONE, current -> current.isEmpty()), body(image(config, config)), Set.of());

        assertThat(outcome).isEqualTo(new PutManifest.TagMoved(Optional.of(first)));
        assertThat(open.stores()
                        .metadata()
                        .manifests()
                        .get(WEB, ONE)
                        .orElseThrow()
                        .digest())
                .isEqualTo(first);
    }

    @Test
    void a_manifest_over_the_limit_is_refused_and_one_at_the_limit_is_not_for_its_size() {
        assertThat(put().put(WEB, ONE, body(" ".repeat(PushManifest.LIMIT_BYTES + 1))))
                .isEqualTo(new PutManifest.TooLarge(PushManifest.LIMIT_BYTES));
        var large = image(config)
                + " ".repeat(PushManifest.LIMIT_BYTES - image(config).length());
        assertThat(put().put(WEB, ONE, body(large))).isInstanceOf(PutManifest.Stored.class);
    }

    @Test
    void what_can_not_be_read_is_refused_with_a_sentence() {
        assertThat(put().put(WEB, ONE, body(IMAGE, "hello")))
                .isInstanceOfSatisfying(
                        PutManifest.Malformed.class,
                        malformed -> assertThat(malformed.sentence()).contains("JSON"));
    }

    private PushManifest put() {
        return PushManifest.of(open.stores());
    }
}
