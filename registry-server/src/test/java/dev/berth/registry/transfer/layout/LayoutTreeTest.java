package dev.berth.registry.transfer.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.catalog.AdoptManifests;
import dev.berth.registry.catalog.PullBlob;
import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.storage.UploadSettings;
import dev.berth.registry.transfer.ImportSummary;
import dev.berth.registry.transfer.Report;
import dev.berth.registry.transfer.TransferException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The storage of zot, as its image-store writes it: `index.json`, `oci-layout` and `blobs/` in the folder of each repository. */
final class LayoutTreeTest {
    private static final RepositoryName TEAM = new RepositoryName("team");
    private static final RepositoryName WEB = new RepositoryName("team/web");

    @TempDir
    private Path folder;

    private final Report report = new Report();
    private Stores stores;

    @BeforeEach
    void open() throws IOException {
        // What zot keeps beside its repositories.
        Files.createDirectories(folder.resolve("zot/_trivy/db"));
        Files.createDirectories(folder.resolve("zot/.sync/team/web/blobs"));
        Files.writeString(folder.resolve("zot/.sync/team/web/index.json"), "{}");
        Files.writeString(folder.resolve("zot/cache.db"), "");
        var settings =
                new StorageSettings(folder.resolve("data"), StorageSettings.DEFAULT_LEASE, UploadSettings.DEFAULT, 0);
        stores = Stores.open(settings, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void repositories_in_and_beside_each_other_come_with_their_tags() throws IOException {
        var one = image("team", "1", "one");
        var two = image("team/web", "1", "two");
        image("a/b/c", "latest", "one");

        var summary = run();

        assertThat(report.problems()).isEmpty();
        assertThat(summary.repositories()).isEqualTo(3);
        assertThat(summary.tags()).isEqualTo(3);
        assertThat(digest(TEAM, "1")).contains(one);
        assertThat(digest(WEB, "1")).contains(two);
        assertThat(digest(new RepositoryName("a/b/c"), "latest")).contains(one);
        assertThat(PullBlob.of(stores).find(WEB, digest("layer two"))).isPresent();
    }

    @Test
    void blobs_are_linked_and_each_comes_once() throws IOException {
        image("team", "1", "one");
        image("team/web", "1", "one");

        assertThat(run().blobs()).isEqualTo(new ImportSummary.Blobs(2, 0, 0, 0, 0, 15));
        assertThat(run().blobs().present()).isEqualTo(2);
    }

    @Test
    void images_without_a_tag_and_referrers_come_by_digest() throws IOException {
        var image = image("team", "1", "one");
        var layout = new OciLayout(folder.resolve("zot/team"));
        var signature = ManifestJson.with(
                ManifestJson.image(digest("config")),
                "\"subject\": " + ManifestJson.descriptor(ManifestJson.IMAGE, image));
        Files.writeString(layout.bytes(digest(signature)), signature);
        var entries = new ArrayList<>(layout.entries());
        entries.add(new LayoutIndex.Entry(ManifestJson.IMAGE, digest(signature), signature.length(), Optional.empty()));
        Files.write(layout.index(), new LayoutIndex(entries).bytes());

        run();

        assertThat(report.problems()).isEmpty();
        assertThat(stores.metadata()
                        .referrers()
                        .list(TEAM, image, PageRequest.first(10))
                        .items())
                .hasSize(1);
    }

    @Test
    void what_is_broken_is_named_and_the_rest_comes() throws IOException {
        image("team", "1", "one");
        image("Team", "1", "one");
        image("team/web", "1", "two");
        Files.writeString(new OciLayout(folder.resolve("zot/team/web")).bytes(digest("layer two")), "LAYER two");

        assertThat(run().blobs().corrupt()).isEqualTo(1);

        assertThat(report.problems())
                .hasSize(2)
                .anySatisfy(text -> assertThat(text).startsWith("Team: the repository is left out"))
                .anySatisfy(
                        text -> assertThat(text).startsWith(digest("layer two").toString()));
        assertThat(digest(TEAM, "1")).isPresent();
    }

    @Test
    void one_layout_alone_is_left_to_load_and_a_folder_without_layouts_is_none() throws IOException {
        image("team", "1", "one");
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> LayoutTree.find(folder.resolve("zot/team")))
                .withMessage(folder.resolve("zot/team") + " is one OCI image layout; `load` loads it.");
        assertThat(LayoutTree.find(folder.resolve("data"))).isEmpty();
        assertThat(LayoutTree.find(folder.resolve("absent"))).isEmpty();
    }

    @Test
    void a_data_folder_inside_the_tree_is_refused() throws IOException {
        image("zot/team", "1", "one");
        var tree = LayoutTree.find(folder).orElseThrow();
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> new ImportLayoutTree(stores, tree, report, true, Clock.systemUTC())
                        .run(AdoptManifests.of(stores)))
                .withMessageContaining("stands in the volume");
    }

    private Digest image(String repository, String tag, String text) throws IOException {
        var layout = new OciLayout(folder.resolve("zot").resolve(repository));
        var manifest = ManifestJson.image(digest("config"), digest("layer " + text));
        Files.createDirectories(layout.bytes(digest(manifest)).getParent());
        Files.createDirectories(layout.root().resolve(".uploads"));
        Files.writeString(layout.marker(), OciLayout.VERSION);
        for (var content : List.of("config", "layer " + text, manifest)) {
            Files.writeString(layout.bytes(digest(content)), content);
        }
        var entry = new LayoutIndex.Entry(ManifestJson.IMAGE, digest(manifest), manifest.length(), Optional.of(tag));
        Files.write(layout.index(), new LayoutIndex(List.of(entry)).bytes());
        return digest(manifest);
    }

    private ImportSummary run() {
        var tree = LayoutTree.find(folder.resolve("zot")).orElseThrow();
        return new ImportLayoutTree(stores, tree, report, true, Clock.systemUTC()).run(AdoptManifests.of(stores));
    }

    private Optional<Digest> digest(RepositoryName repository, String tag) {
        return stores.metadata().manifests().find(repository, new Tag(tag)).map(found -> found.digest());
    }

    private static Digest digest(String text) {
        return Algorithm.SHA256.digestOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
