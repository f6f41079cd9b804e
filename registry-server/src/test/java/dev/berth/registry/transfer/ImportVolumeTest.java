package dev.berth.registry.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.catalog.AdoptManifests;
import dev.berth.registry.catalog.PullBlob;
import dev.berth.registry.content.BlobContent;
import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.storage.UploadSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportVolumeTest {
    private static final RepositoryName WEB = new RepositoryName("team/web");

    @TempDir
    private Path folder;

    private WrittenVolume volume;
    private Report report = new Report();
    private Stores stores;

    @BeforeEach
    void open() throws IOException {
        volume = WrittenVolume.in(folder.resolve("volume"));
        Files.createDirectories(volume.root().resolve("repositories"));
        stores = openKeepingInTheDatabase(0); // so that short texts are files
    }

    private Stores openKeepingInTheDatabase(int smallBytes) {
        var settings = new StorageSettings(
                folder.resolve("data"), StorageSettings.DEFAULT_LEASE, UploadSettings.DEFAULT, smallBytes);
        return Stores.open(settings, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void an_image_comes_with_its_blobs_and_its_tags() {
        var image = image("team/web", "one");
        volume.tag("team/web", "1", image).tag("team/web", "latest", image);

        var summary = run(true);

        assertThat(report.problems()).isEmpty();
        assertThat(report.isComplete()).isTrue();
        assertThat(summary).isEqualTo(new ImportSummary(1, 1, 1, 0, 2, new ImportSummary.Blobs(2, 0, 0, 0, 0, 15)));
        assertThat(digest("1")).isEqualTo(image);
        assertThat(stores.metadata().blobs().size(WEB, layer("one"))).contains(9L);
        assertThat(stores.metadata().totals().read().blobs()).isEqualTo(2);
    }

    @Test
    void what_is_there_is_not_taken_again_and_an_import_that_was_stopped_goes_on() {
        volume.tag("team/web", "1", image("team/web", "one"));
        run(true);
        volume.tag("team/web", "2", image("team/web", "two"));

        var summary = run(true);

        assertThat(summary.newManifests()).isEqualTo(1);
        assertThat(summary.blobs()).isEqualTo(new ImportSummary.Blobs(1, 0, 0, 2, 0, 24));
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void a_blob_of_many_repositories_is_taken_once() {
        for (var repository : new String[] {"a", "a/b", "team/web"}) {
            volume.tag(repository, "1", image(repository, "one"));
        }
        var summary = run(true);
        assertThat(summary.repositories()).isEqualTo(3);
        assertThat(summary.blobs().linked()).isEqualTo(2);
        assertThat(stores.metadata().blobs().size(new RepositoryName("a/b"), layer("one")))
                .isPresent();
    }

    @Test
    void an_index_its_untagged_children_and_a_referrer_come_along_in_any_order() {
        var one = image("team/web", "one");
        var two = image("team/web", "two");
        volume.tag("team/web", "many", volume.manifest("team/web", ManifestJson.index(one, two)));
        var signature = volume.manifest(
                "team/web",
                ManifestJson.with(
                        ManifestJson.image(volume.blob("team/web", "{}")),
                        "\"subject\": " + ManifestJson.descriptor(ManifestJson.IMAGE, one)));

        run(true);

        assertThat(report.problems()).isEmpty();
        assertThat(stores.metadata().manifests().find(WEB, two)).isPresent();
        assertThat(stores.metadata()
                        .referrers()
                        .list(WEB, one, PageRequest.first(10))
                        .items())
                .singleElement()
                .satisfies(
                        referrer -> assertThat(referrer.descriptor().digest()).isEqualTo(signature));
    }

    @Test
    void manifests_without_a_media_type_are_told_by_what_they_hold() {
        var image = volume.manifest(
                "team/web",
                "{\"schemaVersion\": 2, \"config\": " + ManifestJson.descriptor("x", volume.blob("team/web", "config"))
                        + ", \"layers\": []}");
        var index = volume.manifest(
                "team/web",
                "{\"schemaVersion\": 2, \"manifests\": [" + ManifestJson.descriptor(ManifestJson.IMAGE, image) + "]}");
        run(true);
        assertThat(report.problems()).isEmpty();
        assertThat(stores.metadata().manifests().find(WEB, image).orElseThrow().mediaType())
                .isEqualTo(ManifestJson.IMAGE);
        assertThat(stores.metadata().manifests().find(WEB, index).orElseThrow().mediaType())
                .isEqualTo(ManifestJson.INDEX);
    }

    @Test
    void bytes_that_are_not_what_their_name_says_are_left_out() {
        var image = image("team/web", "one");
        volume.tag("team/web", "1", image).overwrite(layer("one"), "LAYER one");

        assertThat(run(true).blobs().corrupt()).isEqualTo(1);

        assertThat(report.problems())
                .singleElement()
                .asString()
                .startsWith(layer("one").toString());
        assertThat(PullBlob.of(stores).find(WEB, layer("one"))).isEmpty();
        assertThat(digest("1"))
                .as("as in the volume, what there is of it is served")
                .isEqualTo(image);
    }

    @Test
    void small_blobs_come_into_the_database_as_those_that_are_pushed() {
        stores.close();
        stores = openKeepingInTheDatabase("config".length());
        volume.tag("team/web", "1", image("team/web", "one")).tag("other", "1", image("other", "one"));

        assertThat(run(true).blobs()).isEqualTo(new ImportSummary.Blobs(1, 0, 1, 0, 0, 15));

        var config = Algorithm.SHA256.digestOf("config".getBytes(StandardCharsets.UTF_8));
        for (var repository : List.of(WEB, new RepositoryName("other"))) {
            assertThat(PullBlob.of(stores).find(repository, config))
                    .hasValueSatisfying(found -> assertThat(found).isInstanceOf(BlobContent.Bytes.class));
            assertThat(PullBlob.of(stores).find(repository, layer("one")))
                    .hasValueSatisfying(found -> assertThat(found).isInstanceOf(BlobContent.LocalFile.class));
        }
        assertThat(run(true).blobs().present()).isEqualTo(2);
    }

    @Test
    void small_blobs_are_compared_with_their_digest_even_by_fast() {
        stores.close();
        stores = openKeepingInTheDatabase(StorageSettings.DEFAULT_SMALL_BYTES);
        volume.tag("team/web", "1", image("team/web", "one")).overwrite(layer("one"), "LAYER one");

        assertThat(run(false).blobs().corrupt()).isEqualTo(1);

        assertThat(PullBlob.of(stores).find(WEB, layer("one"))).isEmpty();
    }

    @Test
    void fast_reads_no_blob() {
        volume.tag("team/web", "1", image("team/web", "one")).overwrite(layer("one"), "LAYER one");
        assertThat(run(false).blobs().linked()).isEqualTo(2);
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void what_is_broken_is_named_and_the_rest_is_taken() throws IOException {
        var good = image("team/web", "one");
        volume.tag("team/web", "good", good);
        var schema1 = volume.manifest("team/web", "{\"schemaVersion\": 1, \"name\": \"web\"}");
        volume.tag("team/web", "old", schema1);
        var gone = volume.manifest("team/web", ManifestJson.image(volume.blob("team/web", "x")));
        Files.delete(volume.file(gone));
        volume.tag("team/web", "gone", gone);
        var wrong = volume.manifest("team/web", "{}");
        volume.overwrite(wrong, "{ }");
        volume.link("team/web/_manifests/tags/torn/current", "");
        volume.tag("team/web", "-bad", good);
        volume.tag("Team", "1", good);
        var missing = volume.blob("team/web", "missing");
        Files.delete(volume.file(missing));
        var incomplete = volume.manifest("team/web", ManifestJson.image(missing));
        var index = volume.manifest("team/web", ManifestJson.index(gone));

        assertThat(run(true).schema1Manifests()).isEqualTo(1);

        assertThat(report.problems())
                .anySatisfy(text ->
                        assertThat(text).startsWith("team/web@" + schema1).contains("schema 1"))
                .anySatisfy(text -> assertThat(text).startsWith("team/web:old:").contains("left out"))
                .anySatisfy(
                        text -> assertThat(text).startsWith("team/web@" + gone).contains("bytes are gone"))
                .anySatisfy(text -> assertThat(text).startsWith("team/web:gone:"))
                .anySatisfy(
                        text -> assertThat(text).startsWith("team/web@" + wrong).contains("its bytes are those of"))
                .anySatisfy(
                        text -> assertThat(text).startsWith("team/web:torn:").contains("link file is broken"))
                .anySatisfy(text -> assertThat(text).startsWith("team/web:-bad:"))
                .anySatisfy(text -> assertThat(text).startsWith("Team:"))
                .anySatisfy(text ->
                        assertThat(text).startsWith("team/web@" + incomplete).contains("incomplete"))
                .anySatisfy(
                        text -> assertThat(text).startsWith("team/web@" + index).contains("incomplete"))
                .hasSize(10);
        assertThat(stores.metadata()
                        .tags()
                        .list(WEB, PageRequest.first(10))
                        .orElseThrow()
                        .items())
                .containsExactly(new Tag("good"));
        assertThat(stores.metadata().manifests().find(WEB, incomplete)).isPresent();
    }

    @Test
    void what_was_deleted_there_stays_so_and_what_nothing_names_is_left_behind() throws IOException {
        var image = image("team/web", "one");
        Files.delete(
                volume.root().resolve("repositories/team/web/_manifests/revisions/sha256/" + image.hex() + "/link"));
        run(true);
        assertThat(report.problems()).isEmpty();
        assertThat(stores.metadata().totals().read().manifests()).isZero();
        assertThat(stores.metadata().totals().read().blobs()).isZero();
    }

    @Test
    void a_blob_that_the_repository_has_no_link_to_does_not_leak_into_it() {
        var secret = volume.blob("secret", "secret layer");
        var image = volume.manifest("team/web", ManifestJson.image(volume.blob("team/web", "config"), secret));
        run(true);
        assertThat(report.problems()).singleElement().asString().startsWith("team/web@" + image);
        assertThat(stores.metadata().blobs().size(WEB, secret)).isEmpty();
    }

    @Test
    void a_tag_that_has_moved_here_since_stays() {
        var one = image("team/web", "one");
        var two = image("team/web", "two");
        volume.tag("team/web", "1", one);
        run(true);
        volume.tag("team/web", "1", two);
        run(true);
        assertThat(digest("1")).isEqualTo(one);
        assertThat(report.problems()).singleElement().asString().startsWith("team/web:1: the tag stays");
    }

    @Test
    void a_tag_that_has_moved_here_since_moves_back_when_the_user_says_overwrite() {
        volume.tag("team/web", "1", image("team/web", "one"));
        run(true);
        var two = image("team/web", "two");
        volume.tag("team/web", "1", two);
        var found = DistributionVolume.find(folder.resolve("volume"));

        new ImportVolume(stores, found, report, true).run(AdoptManifests.overwriting(stores));

        assertThat(digest("1")).isEqualTo(two);
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void the_data_folder_of_harbor_is_imported_with_its_projects() throws IOException {
        var harbor = WrittenVolume.in(folder.resolve("harbor/registry"));
        harbor.tag(
                "library/nginx",
                "1",
                harbor.manifest("library/nginx", ManifestJson.image(harbor.blob("library/nginx", "config"))));
        Files.createDirectories(folder.resolve("harbor/database"));

        var found = DistributionVolume.find(folder.resolve("harbor"));
        new ImportVolume(stores, found, report, true).run();

        assertThat(stores.metadata().manifests().find(new RepositoryName("library/nginx"), new Tag("1")))
                .isPresent();
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void the_volume_is_found_at_each_level_and_nowhere_else() {
        for (var level : new String[] {"", "docker", "docker/registry", "docker/registry/v2"}) {
            assertThat(DistributionVolume.find(folder.resolve("volume").resolve(level))
                            .root())
                    .isEqualTo(volume.root());
        }
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> DistributionVolume.find(folder))
                .withMessageStartingWith("There are no images of a registry in " + folder);
    }

    @Test
    void a_data_folder_inside_the_volume_is_refused() {
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> new ImportVolume(stores, new DistributionVolume(folder), report, true).run())
                .withMessageContaining("stands in the volume");
    }

    @Test
    void more_manifests_than_one_transaction_takes_come_all_the_same() {
        for (var i = 0; i < 300; i++) {
            volume.tag("team/web", "t" + i, image("team/web", "image " + i));
        }
        assertThat(run(true).newManifests()).isEqualTo(300);
        assertThat(stores.metadata().totals().read().tags()).isEqualTo(300);
    }

    @Test
    void the_times_of_the_volume_are_kept() throws IOException {
        var image = image("team/web", "one");
        volume.tag("team/web", "1", image);
        Files.setLastModifiedTime(
                volume.root().resolve("repositories/team/web/_manifests/tags/1/current/link"),
                FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        var plan = new VolumeSurvey(new DistributionVolume(volume.root()), report)
                .run()
                .getFirst();
        assertThat(plan.tags().getFirst().moved()).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
    }

    /** With a config and a layer of its own. */
    private Digest image(String repository, String text) {
        return volume.manifest(
                repository,
                ManifestJson.image(volume.blob(repository, "config"), volume.blob(repository, "layer " + text)));
    }

    private static Digest layer(String text) {
        return Algorithm.SHA256.digestOf(("layer " + text).getBytes(StandardCharsets.UTF_8));
    }

    private ImportSummary run(boolean verify) {
        report = new Report();
        return new ImportVolume(stores, DistributionVolume.find(folder.resolve("volume")), report, verify).run();
    }

    private Digest digest(String tag) {
        return stores.metadata()
                .manifests()
                .find(WEB, new Tag(tag))
                .orElseThrow()
                .digest();
    }
}
