package dev.berth.registry.metadata.manifest;

import static dev.berth.registry.metadata.OpenMetadata.OTHER;
import static dev.berth.registry.metadata.OpenMetadata.WEB;
import static dev.berth.registry.metadata.OpenMetadata.asManifest;
import static dev.berth.registry.metadata.OpenMetadata.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.metadata.OpenMetadata;
import dev.berth.registry.metadata.TestDatabase;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
final class ManifestsTest {
    private final OpenMetadata open;

    ManifestsTest(TestDatabase kind, @TempDir Path folder) {
        this.open = OpenMetadata.on(kind, folder);
    }

    @AfterEach
    void close() {
        open.close();
    }

    private static final Tag LATEST = Tag.LATEST;

    @Test
    void a_manifest_is_read_back_byte_for_byte_by_digest_and_by_tag() {
        var odd = "{ \"a\" : 1,\r\n\t\"a\" : 2.50 } \u00e4";
        var digest = open.manifest(WEB, odd, LATEST);

        for (var reference : Set.of(digest, LATEST)) {
            var read = manifests().get(WEB, reference).orElseThrow();
            assertThat(read.bytes()).isEqualTo(asManifest(odd).bytes());
            assertThat(read.descriptor()).isEqualTo(asManifest(odd).descriptor());
        }
    }

    @Test
    void a_manifest_of_one_repository_does_not_exist_for_another() {
        var digest = open.manifest(WEB, "one", LATEST);
        open.blob(OTHER, "hello");

        assertThat(manifests().get(OTHER, digest)).isEmpty();
        assertThat(manifests().get(OTHER, LATEST)).isEmpty();
        assertThat(manifests().delete(OTHER, digest)).isFalse();
    }

    @Test
    void a_manifest_that_names_what_is_missing_is_not_stored_and_moves_no_tag() {
        var here = open.blob(WEB, "here");
        var elsewhere = open.blob(OTHER, "elsewhere");
        var links = links(Set.of(here, elsewhere, digest("nowhere")), Set.of(digest("child")));

        assertThat(manifests().store(WEB, asManifest("one"), links, Set.of(LATEST)))
                .isInstanceOfSatisfying(PutManifest.MissingReferences.class, missing -> {
                    assertThat(missing.blobs()).containsExactlyInAnyOrder(elsewhere, digest("nowhere"));
                    assertThat(missing.manifests()).containsExactly(digest("child"));
                });
        assertThat(manifests().get(WEB, digest("one"))).isEmpty();
        assertThat(manifests().get(WEB, LATEST)).isEmpty();
    }

    @Test
    void layers_from_elsewhere_may_be_missing() {
        var links = new ManifestLinks(Set.of(), Set.of(digest("foreign")), Set.of(), Optional.empty());

        assertThat(manifests().store(WEB, asManifest("one"), links, Set.of())).isInstanceOf(PutManifest.Stored.class);
    }

    @Test
    void a_manifest_of_very_many_layers_is_checked_whole() {
        var layers = IntStream.range(0, 603)
                .mapToObj(i -> open.blob(WEB, "layer " + i))
                .collect(Collectors.toSet());
        open.manifest(WEB, "many", links(layers, Set.of()));
        layers.add(digest("not there"));

        assertThat(manifests().store(WEB, asManifest("more"), links(layers, Set.of()), Set.of()))
                .isEqualTo(new PutManifest.MissingReferences(List.of(digest("not there")), List.of()));
        assertThat(open.number("select count(*) from manifest_blobs")).isEqualTo(603);
    }

    @Test
    void what_a_manifest_names_is_indexed_and_goes_with_it() {
        var blob = open.blob(WEB, "layer");
        var child = open.manifest(WEB, "child");
        var parent = open.manifest(WEB, "parent", links(Set.of(blob), Set.of(child)), LATEST);
        assertThat(open.number("select count(*) from manifest_blobs")).isEqualTo(1);
        assertThat(open.number("select count(*) from manifest_children")).isEqualTo(1);

        assertThat(manifests().delete(WEB, parent)).isTrue();

        assertThat(open.number("select count(*) from manifest_blobs")).isZero();
        assertThat(open.number("select count(*) from manifest_children")).isZero();
        assertThat(manifests().get(WEB, LATEST)).isEmpty();
        assertThat(manifests().get(WEB, child)).isPresent();
        assertThat(manifests().delete(WEB, parent)).isFalse();
    }

    @Test
    void a_child_may_go_before_its_index() {
        var child = open.manifest(WEB, "child");
        var parent = open.manifest(WEB, "parent", links(Set.of(), Set.of(child)));

        assertThat(manifests().delete(WEB, child)).isTrue();
        assertThat(manifests().get(WEB, parent)).isPresent();
    }

    @Test
    void pushing_a_manifest_again_changes_nothing() {
        var blob = open.blob(WEB, "layer");
        var first = open.manifest(WEB, "one", links(Set.of(blob), Set.of()), LATEST);
        var again = open.manifest(WEB, "one", links(Set.of(blob), Set.of()), LATEST);

        assertThat(again).isEqualTo(first);
        assertThat(open.metadata.totals().read().manifests()).isEqualTo(1);
    }

    @Test
    void a_tag_moves_only_from_where_it_is_expected() {
        var first = open.manifest(WEB, "one", LATEST);

        assertThat(store("two", current -> current.isEmpty())).isEqualTo(new PutManifest.TagMoved(Optional.of(first)));
        assertThat(manifests().get(WEB, digest("two"))).isEmpty();

        assertThat(store("two", current -> current.equals(Optional.of(first))))
                .isEqualTo(new PutManifest.Stored(digest("two"), Optional.empty(), Set.of(LATEST)));
        assertThat(manifests().get(WEB, LATEST).orElseThrow().digest()).isEqualTo(digest("two"));
    }

    @Test
    void a_repository_comes_about_only_with_what_is_stored_in_it() {
        assertThat(store("two", current -> current.isPresent())).isEqualTo(new PutManifest.TagMoved(Optional.empty()));
        assertThat(open.metadata.repositories().exists(WEB)).isFalse();
    }

    @Test
    void what_is_missing_is_said_before_what_has_moved() {
        open.manifest(WEB, "one", LATEST);
        var links = links(Set.of(digest("not there")), Set.of());

        assertThat(manifests().store(WEB, asManifest("two"), links, Set.of(LATEST), new Condition(LATEST, _ -> false)))
                .isInstanceOf(PutManifest.MissingReferences.class);
    }

    private PutManifest store(String text, Expectation expectation) {
        return manifests()
                .store(
                        WEB,
                        asManifest(text),
                        OpenMetadata.NO_LINKS,
                        Set.of(LATEST),
                        new Condition(LATEST, expectation));
    }

    private Manifests manifests() {
        return open.metadata.manifests();
    }

    private static ManifestLinks links(Set<Digest> blobs, Set<Digest> manifests) {
        return new ManifestLinks(blobs, Set.of(), manifests, Optional.empty());
    }
}
