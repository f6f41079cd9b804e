package dev.berth.registry.maintenance;

import static dev.berth.registry.maintenance.Tidied.ONE;
import static dev.berth.registry.maintenance.Tidied.TWO;
import static dev.berth.registry.maintenance.Tidied.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.catalog.DeleteBlob;
import dev.berth.registry.maintenance.Checked.Problem;
import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckTest {
    private static final Digest CONFIG = Tidied.digest("config");

    private final Path folder;
    private final Tidied registry;

    CheckTest(@TempDir Path folder) {
        this.folder = folder;
        this.registry = new Tidied(folder);
    }

    @BeforeEach
    void push() {
        var image = registry.image(WEB, ONE, "config");
        registry.untagged(WEB, registry.referrer(image, "signature"));
        registry.put(WEB, TWO, ManifestJson.index(image));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void of_what_is_right_nothing_is_said() {
        assertThat(check(false)).isEqualTo(new Checked(2, 15, 3, 2, List.of(), 0, 0));
    }

    @Test
    void it_says_how_far_it_is() {
        var told = new ArrayList<Checking>();
        new Check(registry.stores(), false, Check.FREE, told::add).run();

        assertThat(told)
                .contains(
                        new Checking("database", 1, 1),
                        new Checking("blobs", 15, 15),
                        new Checking("manifests", 3, 3),
                        new Checking("files", 2, 2));
    }

    @Test
    void a_flipped_bit_is_found() throws IOException {
        Files.writeString(fileOf(CONFIG), "cOnfig");

        assertThat(check(false).problems())
                .containsExactly(new Problem("blob " + CONFIG, "its bytes are not those that were pushed", false));
        assertThat(registry.pulls(WEB, CONFIG)).isTrue();
    }

    @Test
    void repaired_a_damaged_blob_is_unknown_until_it_is_pushed_again_and_its_bytes_are_kept_aside() throws IOException {
        Files.writeString(fileOf(CONFIG), "cOnfig");

        var checked = check(true);

        assertThat(checked.problems().getFirst().repaired()).isTrue();
        assertThat(registry.open.files("lost+found")).hasSize(1);
        assertThat(registry.pulls(WEB, CONFIG)).isFalse();
        assertThat(check(false).problems())
                .singleElement()
                .asString()
                .contains("it names " + CONFIG + ", which its repository hasn't");
        registry.blob(WEB, "config");
        assertThat(check(false).isClean()).isTrue();
    }

    @Test
    void a_blob_cut_short_and_one_that_is_gone_are_found_and_dropped() throws IOException {
        Files.writeString(fileOf(CONFIG), "con");
        Files.delete(fileOf(Tidied.digest("signature")));

        assertThat(check(false).problems()).hasSize(2);
        assertThat(check(true).repaired()).isEqualTo(2);
        assertThat(registry.stores().metadata().totals().read().blobs()).isZero();
    }

    @Test
    void a_file_that_no_row_knows_is_told_and_moved_away_by_repair() throws IOException {
        var stray = Files.writeString(makeFolders(fileOf(Tidied.digest("stray"))), "stray");

        assertThat(check(false).problems())
                .containsExactly(new Problem(
                        "file blobs/" + folder.resolve("blobs").relativize(stray), "no blob of any repository", false));
        assertThat(check(true).isClean()).isTrue();
        assertThat(stray).doesNotExist();
        assertThat(check(false).isClean()).isTrue();
    }

    @Test
    void what_is_not_named_like_a_blob_is_moved_away_by_repair_and_never_over_what_was_moved_before()
            throws IOException {
        for (var text : new String[] {"mine", "mine too"}) {
            var note = Files.writeString(folder.resolve("blobs/sha256/note.txt"), text);
            assertThat(check(false).isClean()).isFalse();
            assertThat(check(true).isClean()).isTrue();
            assertThat(note).doesNotExist();
        }
        assertThat(folder.resolve("lost+found/sha256-note.txt")).hasContent("mine");
        assertThat(folder.resolve("lost+found/sha256-note.txt.1")).hasContent("mine too");
    }

    @Test
    void a_blob_or_a_child_that_was_deleted_under_a_manifest_is_told() {
        DeleteBlob.of(registry.stores()).delete(WEB, Tidied.digest("signature"));
        registry.stores()
                .metadata()
                .manifests()
                .delete(
                        WEB,
                        registry.stores()
                                .metadata()
                                .manifests()
                                .find(WEB, ONE)
                                .orElseThrow()
                                .digest());

        assertThat(check(true).problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.sentence()).contains("which its repository hasn't"));
    }

    private Checked check(boolean repair) {
        return new Check(registry.stores(), repair, Check.FREE, _ -> {}).run();
    }

    private Path fileOf(Digest digest) {
        return folder.resolve("blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex());
    }

    private static Path makeFolders(Path file) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        return file;
    }
}
