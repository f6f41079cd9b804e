package dev.berth.registry.transfer.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.storage.UploadSettings;
import dev.berth.registry.transfer.DistributionVolume;
import dev.berth.registry.transfer.ImportSummary;
import dev.berth.registry.transfer.ImportVolume;
import dev.berth.registry.transfer.Report;
import dev.berth.registry.transfer.TransferException;
import dev.berth.registry.transfer.WrittenVolume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported and loaded again is what it was; registries at random come from volumes written by hand. */
final class LayoutRoundTripTest {
    private static final RepositoryName WEB = new RepositoryName("team/web");
    /** Configurations are rows, layers are files. */
    private static final int SMALL_BYTES = "config 1".length();

    @TempDir
    private Path folder;

    private Report report = new Report();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_is_exported_is_loaded_as_it_was(long seed) throws IOException {
        var volume = random(new Random(seed));
        try (var stores = catalog("first")) {
            new ImportVolume(stores, DistributionVolume.find(volume.root()), report, true).run();
            export(stores, "layout");
            export(stores, "layout.tar");
        }
        for (var from : List.of("layout", "layout.tar")) {
            try (var stores = catalog(from + ", loaded")) {
                load(stores, from, Optional.empty());
                export(stores, from + ", again");
            }
            assertThat(files(folder.resolve(from + ", again")))
                    .hasSizeGreaterThan(2)
                    .isEqualTo(files(folder.resolve("layout")));
        }
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void a_second_export_writes_what_is_new_and_keeps_what_others_have_there() throws IOException {
        var volume = WrittenVolume.in(folder.resolve("volume"));
        volume.tag("team/web", "1", image(volume, "team/web", "one"));
        volume.tag("other", "1", image(volume, "other", "two"));
        try (var stores = catalog("data")) {
            new ImportVolume(stores, DistributionVolume.find(volume.root()), report, true).run();
            assertThat(export(stores, "layout", new RepositoryName("other")).newBlobs())
                    .isEqualTo(2);
            assertThat(export(stores, "layout", WEB).newBlobs()).isEqualTo(1);
            assertThat(export(stores, "layout").newBlobs()).isZero();
            assertThat(new OciLayout(folder.resolve("layout"))
                            .entries().stream().map(entry -> entry.name().orElseThrow()))
                    .containsExactlyInAnyOrder("team/web:1", "other:1");
            assertThatExceptionOfType(TransferException.class)
                    .isThrownBy(() -> export(stores, "layout", new RepositoryName("absent")))
                    .withMessageContaining("no repository absent");
        }
    }

    @Test
    void a_repository_that_was_deleted_whole_is_not_brought_back_by_a_restore() throws IOException {
        var volume = WrittenVolume.in(folder.resolve("volume"));
        volume.tag("team/web", "1", image(volume, "team/web", "one"));
        volume.tag("team/old", "1", image(volume, "team/old", "two"));
        try (var stores = catalog("data")) {
            new ImportVolume(stores, DistributionVolume.find(volume.root()), report, true).run();
            export(stores, "layout");
            var old = new RepositoryName("team/old");
            stores.metadata()
                    .manifests()
                    .list(old, PageRequest.first(10))
                    .items()
                    .forEach(manifest -> stores.metadata().manifests().delete(old, manifest.digest()));
            export(stores, "layout", WEB);
            assertThat(names("layout")).as("others stay").containsExactlyInAnyOrder("team/web:1", "team/old:1");
            export(stores, "layout");
            assertThat(names("layout")).containsExactly("team/web:1");
        }
        try (var restored = catalog("restored")) {
            load(restored, "layout", Optional.empty());
            assertThat(ExportLayout.repositories(restored)).containsExactly(WEB);
        }
    }

    @Test
    void an_empty_registry_takes_nothing_away_from_a_backup_of_another() throws IOException {
        var volume = WrittenVolume.in(folder.resolve("volume"));
        volume.tag("team/web", "1", image(volume, "team/web", "one"));
        try (var stores = catalog("data")) {
            new ImportVolume(stores, DistributionVolume.find(volume.root()), report, true).run();
            export(stores, "layout");
        }
        try (var empty = catalog("empty")) {
            assertThatExceptionOfType(TransferException.class)
                    .isThrownBy(() -> export(empty, "layout"))
                    .withMessageContaining("Is this the right data folder?");
        }
        assertThat(names("layout")).containsExactly("team/web:1");
    }

    private List<String> names(String layout) {
        return new OciLayout(folder.resolve(layout))
                .entries().stream().map(entry -> entry.name().orElseThrow()).toList();
    }

    @Test
    void images_without_a_tag_are_listed_by_digest_unless_an_index_lists_them() {
        var volume = WrittenVolume.in(folder.resolve("volume"));
        var child = image(volume, "team/web", "child");
        var index = volume.manifest("team/web", ManifestJson.index(child));
        var alone = image(volume, "team/web", "alone");
        volume.tag("team/web", "many", index);
        try (var stores = catalog("data")) {
            new ImportVolume(stores, DistributionVolume.find(volume.root()), report, true).run();
            export(stores, "layout");
        }
        assertThat(new OciLayout(folder.resolve("layout"))
                        .entries().stream().map(entry -> entry.name().orElseThrow()))
                .containsExactlyInAnyOrder("team/web:many", "team/web@" + alone);
    }

    @Test
    void a_layout_of_another_tool_goes_where_one_says() throws IOException {
        var layout = foreign("1.27");
        try (var stores = catalog("data")) {
            load(stores, "foreign", Optional.empty());
            assertThat(report.problems()).singleElement().asString().contains("--repository");
            report = new Report();
            load(stores, "foreign", Optional.of(WEB));
            assertThat(report.problems()).isEmpty();
            assertThat(stores.metadata()
                            .manifests()
                            .find(WEB, new Tag("1.27"))
                            .orElseThrow()
                            .digest())
                    .isEqualTo(layout);
        }
    }

    @Test
    void damaged_bytes_are_named_and_left_out() throws IOException {
        foreign("1");
        Files.writeString(new OciLayout(folder.resolve("foreign")).bytes(digest("layer")), "LAYER");
        try (var stores = catalog("data")) {
            assertThat(load(stores, "foreign", Optional.of(WEB)).blobs().corrupt())
                    .isEqualTo(1);
            assertThat(report.problems()).singleElement().asString().contains("another digest");
            assertThat(stores.metadata()
                            .tags()
                            .list(WEB, PageRequest.first(9))
                            .orElseThrow()
                            .items())
                    .hasSize(1);
        }
    }

    @Test
    void a_damaged_blob_is_not_exported() throws IOException {
        var volume = WrittenVolume.in(folder.resolve("volume"));
        image(volume, "team/web", "one");
        try (var stores = catalog("data")) {
            new ImportVolume(stores, DistributionVolume.find(volume.root()), report, true).run();
            volume.overwrite(digest("layer one"), "LAYER one"); // the same file by two names
            export(stores, "layout");
        }
        assertThat(report.problems()).singleElement().asString().contains("another digest");
        assertThat(new OciLayout(folder.resolve("layout")).bytes(digest("layer one")))
                .doesNotExist();
    }

    @Test
    void what_is_no_layout_is_refused() {
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> OciLayout.find(folder))
                .withMessageStartingWith("There is no OCI image layout in");
    }

    /** A few repositories of images, indexes and referrers that share blobs; some have tags. */
    private WrittenVolume random(Random random) {
        var volume = WrittenVolume.in(folder.resolve("volume"));
        for (var repository : List.of("a", "team/web", "team/web/inside")) {
            var made = new ArrayList<Digest>();
            for (var i = 0; i < 2 + random.nextInt(8); i++) {
                var image = ManifestJson.image(
                        volume.blob(repository, "config " + random.nextInt(3)),
                        volume.blob(repository, "layer " + random.nextInt(9)),
                        volume.blob(repository, "layer " + random.nextInt(9)));
                var json = switch (made.isEmpty() ? 0 : random.nextInt(3)) {
                    case 0 -> image;
                    case 1 -> ManifestJson.index(made.get(random.nextInt(made.size())));
                    default ->
                        ManifestJson.with(
                                image,
                                "\"subject\": "
                                        + ManifestJson.descriptor(
                                                ManifestJson.IMAGE, made.get(random.nextInt(made.size()))));
                };
                made.add(volume.manifest(repository, json));
                if (random.nextBoolean()) {
                    volume.tag(repository, "t" + random.nextInt(5), made.getLast());
                }
            }
        }
        return volume;
    }

    private static Digest image(WrittenVolume volume, String repository, String text) {
        return volume.manifest(
                repository,
                ManifestJson.image(volume.blob(repository, "config"), volume.blob(repository, "layer " + text)));
    }

    /** As skopeo writes it: the name is a tag. */
    private Digest foreign(String tag) throws IOException {
        var layout = new OciLayout(folder.resolve("foreign"));
        var manifest = ManifestJson.image(digest("config"), digest("layer"));
        Files.createDirectories(layout.bytes(digest(manifest)).getParent());
        for (var text : List.of("config", "layer", manifest)) {
            Files.writeString(layout.bytes(digest(text)), text);
        }
        Files.write(
                layout.index(),
                new LayoutIndex(List.of(new LayoutIndex.Entry(
                                ManifestJson.IMAGE, digest(manifest), manifest.length(), Optional.of(tag))))
                        .bytes());
        return digest(manifest);
    }

    private Stores catalog(String name) {
        var settings = new StorageSettings(
                folder.resolve(name), StorageSettings.DEFAULT_LEASE, UploadSettings.DEFAULT, SMALL_BYTES);
        return Stores.open(settings, Clock.systemUTC());
    }

    private ExportSummary export(Stores stores, String name, RepositoryName... repositories) {
        try (var target = LayoutTarget.of(folder.resolve(name))) {
            return new ExportLayout(stores, target, report).run(List.of(repositories));
        }
    }

    private ImportSummary load(Stores stores, String name, Optional<RepositoryName> repository) {
        try (var layout = ImageLayout.find(folder.resolve(name))) {
            return new LoadLayout(stores, layout, report, Clock.systemUTC()).run(repository);
        }
    }

    private static Digest digest(String text) {
        return Algorithm.SHA256.digestOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> files(Path root) throws IOException {
        var files = new TreeMap<String, String>();
        try (var found = Files.walk(root)) {
            for (var file : found.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }
}
