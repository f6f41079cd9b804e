package dev.berth.registry.transfer.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.catalog.CheckManifests;
import dev.berth.registry.catalog.MirrorManifest;
import dev.berth.registry.catalog.OpenCatalog;
import dev.berth.registry.catalog.PushManifest;
import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.manifest.ReadManifest;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.mirror.MirrorWish;
import dev.berth.registry.metadata.mirror.MirroredTag;
import dev.berth.registry.metadata.repository.RepositoryDigest;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.transfer.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mirror holds, carried to where there is no network, again and again. */
final class CarriedMirrorTest {
    private static final RepositoryName NGINX = new RepositoryName("docker.io/library/nginx");
    private static final Tag ONE = new Tag("1");
    private static final Digest OTHER_PLATFORM = Algorithm.SHA256.digestOf(OpenCatalog.bytes("not copied"));

    @TempDir
    private Path folder;

    private final Report report = new Report();
    private OpenCatalog here;
    private OpenCatalog there;

    @BeforeEach
    void open() {
        here = OpenCatalog.with(new StorageSettings(folder.resolve("here")), Clock.systemUTC());
        there = OpenCatalog.with(new StorageSettings(folder.resolve("there")), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void an_index_of_which_one_platform_was_copied_arrives_as_it_is_and_is_no_problem() {
        var index = mirror("first");

        carry();

        assertThat(tagged(ONE)).contains(index);
        assertThat(report.problems()).isEmpty();
        assertThat(new CheckManifests(there.stores().metadata().storedManifests()).some(Optional.empty(), 10))
                .extracting(RepositoryDigest::digest)
                .contains(index)
                .allSatisfy(_ -> assertThat(faults()).isEmpty());
    }

    @Test
    void a_tag_that_has_moved_since_moves_there_too() {
        mirror("first");
        carry();
        var moved = mirror("second");

        carry();

        assertThat(tagged(ONE)).contains(moved);
        assertThat(there.stores().metadata().mirrored().find(NGINX, ONE))
                .map(MirroredTag::digest)
                .contains(moved);
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void a_tag_that_somebody_has_pushed_there_stays_and_is_named() {
        mirror("first");
        var config = there.push(NGINX, "{}");
        PushManifest.of(there.stores()).put(NGINX, ONE, ManifestJson.body(ManifestJson.image(config)));
        var theirs = tagged(ONE);

        carry();

        assertThat(tagged(ONE)).isEqualTo(theirs);
        assertThat(report.problems()).hasSize(1).first().asString().contains("docker.io/library/nginx:1");
    }

    /** An index of an image with this configuration, and of one that the mirror hasn't copied. */
    private Digest mirror(String text) {
        var config = here.push(NGINX, "{\"of\": \"" + text + "\"}");
        var image = store(ManifestJson.image(config), MirrorWish.UNTAGGED);
        return store(ManifestJson.index(image, OTHER_PLATFORM), MirrorWish.tagged(ONE));
    }

    private Digest store(String json, MirrorWish wish) {
        var mirroring = MirrorManifest.of(here.stores());
        var digest = Algorithm.SHA256.digestOf(OpenCatalog.bytes(json));
        var read = (ReadManifest.Understood) mirroring.read(digest, ManifestJson.body(json));
        mirroring.store(NGINX, read, OTHER_PLATFORM::equals, wish);
        return digest;
    }

    private void carry() {
        var layout = folder.resolve("layout");
        try (var target = LayoutTarget.of(layout)) {
            new ExportLayout(here.stores(), target, report).run(List.of(NGINX));
        }
        try (var carried = ImageLayout.find(layout)) {
            new LoadLayout(there.stores(), carried, report, Clock.systemUTC()).runMirrored(Optional.empty());
        }
    }

    private Optional<Digest> tagged(Tag tag) {
        return there.stores().metadata().manifests().get(NGINX, tag).map(Manifest::digest);
    }

    private List<String> faults() {
        var check = new CheckManifests(there.stores().metadata().storedManifests());
        return check.some(Optional.empty(), 10).stream()
                .flatMap(manifest -> check.faults(manifest).stream())
                .toList();
    }
}
