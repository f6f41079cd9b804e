package dev.berth.registry.metadata.mirror;

import static dev.berth.registry.metadata.Adoptions.Owner.MIRROR;
import static dev.berth.registry.metadata.OpenMetadata.NO_LINKS;
import static dev.berth.registry.metadata.OpenMetadata.OTHER;
import static dev.berth.registry.metadata.OpenMetadata.WEB;
import static dev.berth.registry.metadata.OpenMetadata.asManifest;
import static dev.berth.registry.metadata.OpenMetadata.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.metadata.AdoptedManifest;
import dev.berth.registry.metadata.AdoptedTag;
import dev.berth.registry.metadata.OpenMetadata;
import dev.berth.registry.metadata.TestDatabase;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.manifest.ManifestLinks;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
final class MirroredTest {
    private static final Tag ONE = new Tag("1");

    private final OpenMetadata open;
    private final Mirrored mirrored;

    MirroredTest(TestDatabase kind, @TempDir Path folder) {
        this.open = OpenMetadata.on(kind, folder);
        this.mirrored = open.metadata.mirrored();
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void a_mirror_sets_a_tag_and_moves_it() {
        mirror("first", ONE);
        open.clock.advance(Duration.ofHours(1));
        mirror("second", ONE);

        assertThat(mirrored.find(WEB, ONE))
                .contains(new MirroredTag(ONE, digest("second"), open.clock.instant(), Optional.of("all")));
        assertThat(stored(ONE)).contains(digest("second"));
    }

    @Test
    void a_tag_that_a_person_has_set_stays_where_it_is() {
        open.manifest(WEB, "theirs", ONE);

        assertThat(mirror("upstream's", ONE)).isEqualTo(new MirroredManifest.PersonsTag(digest("theirs")));
        assertThat(stored(ONE)).contains(digest("theirs"));
        assertThat(open.metadata.manifests().get(WEB, digest("upstream's"))).isEmpty();
    }

    @Test
    void a_person_who_pushes_over_a_mirrored_tag_takes_it() {
        mirror("upstream's", ONE);
        open.manifest(WEB, "theirs", ONE);

        assertThat(mirrored.find(WEB, ONE)).isEmpty();
        assertThat(mirror("newer", ONE)).isInstanceOf(MirroredManifest.PersonsTag.class);
        assertThat(mirrored.prune(WEB, ONE)).isEmpty();
        assertThat(stored(ONE)).contains(digest("theirs"));
    }

    @Test
    void what_has_to_be_there_is_asked_for_and_the_rest_may_come_later() {
        var here = open.blob(WEB, "here");
        var links = new ManifestLinks(
                Set.of(here, digest("later")), Set.of(), Set.of(digest("other platform")), Optional.empty());
        var manifest = asManifest("partial");
        var strict = new ManifestLinks(links.blobs(), Set.of(), Set.of(), Optional.empty());
        var lenient = new ManifestLinks(Set.of(here), Set.of(), Set.of(), Optional.empty());

        assertThat(mirrored.store(WEB, manifest, links, strict, MirrorWish.UNTAGGED))
                .isEqualTo(new MirroredManifest.Missing(List.of(digest("later")), List.of()));
        assertThat(mirrored.store(WEB, manifest, links, lenient, MirrorWish.UNTAGGED))
                .isEqualTo(new MirroredManifest.Stored());
        assertThat(open.number("select count(*) from manifest_blobs")).isEqualTo(2);
        assertThat(open.number("select count(*) from manifest_children")).isEqualTo(1);
    }

    @Test
    void a_deleted_tag_is_no_mirrors_any_more() {
        mirror("one", ONE);
        open.metadata.tags().delete(WEB, ONE);

        assertThat(mirrored.find(WEB, ONE)).isEmpty();
        assertThat(mirror("one", ONE)).isEqualTo(new MirroredManifest.Stored());
    }

    @Test
    void what_a_mirror_brought_and_nothing_keeps_is_pruned() {
        var child = mirror("child");
        var index = mirror("index", children(child), ONE);

        assertThat(mirrored.pruneManifest(WEB, index)).as("its tag keeps it").isFalse();
        assertThat(mirrored.prune(WEB, ONE)).contains(index);
        assertThat(mirrored.pruneManifest(WEB, child)).as("its index keeps it").isFalse();
        assertThat(mirrored.pruneManifest(WEB, index)).isTrue();
        assertThat(mirrored.pruneManifest(WEB, child)).isTrue();
        assertThat(open.metadata.manifests().get(WEB, child)).isEmpty();
    }

    @Test
    void what_a_person_pushed_by_digest_is_not_pruned() {
        var image = mirror("image", NO_LINKS, ONE);
        open.manifest(WEB, "image");
        mirrored.prune(WEB, ONE);

        assertThat(mirrored.pruneManifest(WEB, image)).isFalse();
    }

    @Test
    void what_a_person_pushed_first_is_not_pruned_either() {
        var image = open.manifest(WEB, "image", new Tag("theirs"));
        mirror("image", NO_LINKS, ONE);
        open.metadata.tags().delete(WEB, new Tag("theirs"));
        mirrored.prune(WEB, ONE);

        assertThat(mirrored.pruneManifest(WEB, image)).isFalse();
    }

    @Test
    void what_was_copied_whole_is_looked_at_again_once_something_was_taken_away() {
        var blob = open.blob(WEB, "layer");
        var child = mirror("child");
        Stream.<Runnable>of(
                        () -> open.metadata.blobs().unlink(WEB, blob),
                        () -> open.metadata.blobs().drop(open.blob(WEB, "damaged")),
                        () -> open.metadata.manifests().delete(WEB, child))
                .forEach(taking -> {
                    mirror("one", ONE);
                    taking.run();
                    assertThat(mirrored.find(WEB, ONE)).map(MirroredTag::copied).contains(Optional.empty());
                });
    }

    @Test
    void tags_are_listed_by_repository_and_counted_by_prefix() {
        mirror("one", NO_LINKS, ONE);
        mirror("one", NO_LINKS, new Tag("2"));
        open.manifest(WEB, "theirs", new Tag("3"));
        open.manifest(OTHER, "theirs", ONE);

        assertThat(mirrored.list(WEB, PageRequest.first(10)).items())
                .extracting(tag -> tag.tag().value())
                .containsExactly("1", "2");
        assertThat(mirrored.repositories(new RepositoryName("team"))).containsExactly(WEB);
        assertThat(mirrored.repositories(new RepositoryName("tea"))).isEmpty();
        assertThat(mirrored.counts(new RepositoryName("team"))).isEqualTo(new MirroredCounts(2, 2));
    }

    @Test
    void bytes_below_a_prefix_are_those_of_each_blob_once_and_of_manifests() {
        var shared = open.blob(WEB, "shared");
        open.metadata.blobs().mount(OTHER, shared, WEB);
        open.blob(WEB, "web's own");
        open.blob(new RepositoryName("teams/web"), "of another prefix");
        mirror("one", ONE);
        open.manifest(OTHER, "other's");

        assertThat(mirrored.bytes(new RepositoryName("team")))
                .isEqualTo("shared".length()
                        + "web's own".length()
                        + asManifest("one").bytes().length
                        + asManifest("other's").bytes().length);
        assertThat(mirrored.bytes(new RepositoryName("docker.io"))).isZero();
    }

    @Test
    void what_is_carried_from_another_mirror_is_a_mirrors_here_and_its_tags_move() {
        mirror("old", ONE);
        open.manifest(WEB, "theirs", new Tag("mine"));
        var adoptions = open.metadata.adoptions();
        var time = open.clock.instant();
        var partial = new ManifestLinks(
                Set.of(digest("not carried")), Set.of(), Set.of(digest("nor this")), Optional.empty());
        List<AdoptedManifest> carried = List.of(new AdoptedManifest(asManifest("new"), partial, time));

        assertThat(adoptions.manifests(WEB, carried, MIRROR)).isEqualTo(1);
        assertThat(adoptions.manifests(WEB, carried, MIRROR)).isZero();
        assertThat(adoptions.tags(
                        WEB,
                        List.of(
                                new AdoptedTag(ONE, digest("new"), time),
                                new AdoptedTag(new Tag("mine"), digest("new"), time)),
                        MIRROR))
                .containsExactly(new Tag("mine"));

        assertThat(stored(ONE)).contains(digest("new"));
        assertThat(mirrored.find(WEB, ONE)).map(MirroredTag::copied).contains(Optional.empty());
        assertThat(stored(new Tag("mine"))).contains(digest("theirs"));
    }

    @Test
    void how_far_a_sync_is_is_remembered() {
        var running = new MirrorSync(open.clock.instant(), Optional.empty(), Optional.empty(), "now", "all");
        open.metadata.mirrorSyncs().put("team/hub", running);
        var ended = new MirrorSync(
                running.started(), Optional.of(running.started()), Optional.of(running.started()), "now", "all");
        assertThat(open.metadata.mirrorSyncs().find("team/hub")).contains(running);

        open.metadata.mirrorSyncs().put("team/hub", ended);
        assertThat(open.metadata.mirrorSyncs().find("team/hub")).contains(ended);
        assertThat(open.metadata.mirrorSyncs().find("team/quay")).isEmpty();
    }

    @Test
    void when_an_image_was_built_is_known_of_what_its_tag_stood_at() {
        open.metadata.buildTimes().put(WEB, ONE, digest("a"), open.clock.instant());

        assertThat(open.metadata.buildTimes().find(WEB, ONE, digest("a"))).contains(open.clock.instant());
        assertThat(open.metadata.buildTimes().find(WEB, ONE, digest("b"))).isEmpty();
    }

    private MirroredManifest mirror(String text, Tag tag) {
        return mirrored.store(
                WEB, asManifest(text), NO_LINKS, NO_LINKS, new MirrorWish(Optional.of(tag), Optional.of("all")));
    }

    private Digest mirror(String text) {
        mirrored.store(WEB, asManifest(text), NO_LINKS, NO_LINKS, MirrorWish.UNTAGGED);
        return digest(text);
    }

    private Digest mirror(String text, ManifestLinks links, Tag tag) {
        mirrored.store(WEB, asManifest(text), links, links, MirrorWish.tagged(tag));
        return digest(text);
    }

    private static ManifestLinks children(Digest... children) {
        return new ManifestLinks(Set.of(), Set.of(), Set.of(children), Optional.empty());
    }

    private Optional<Digest> stored(Tag tag) {
        return open.metadata.manifests().get(WEB, tag).map(Manifest::digest);
    }
}
