package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageFilesTest {
    @TempDir
    Path folder;

    private ImageFiles files;

    @BeforeEach
    void start() {
        files = new ImageFiles(folder.resolve("made"));
    }

    @Test
    void files_are_roots_and_readable_by_all_and_programs_can_be_run() throws Exception {
        var tree = Files.createDirectories(folder.resolve("tree/bin"));
        Files.writeString(tree.resolve("tool"), "x").toFile().setExecutable(true);
        Files.writeString(tree.resolve("notes"), "x");

        files.tree(Layer.RUNTIME, folder.resolve("tree"), "/opt/java");

        assertThat(files.entries())
                .extracting(entry -> entry.path() + " " + entry.mode() + " " + entry.owner())
                .containsExactly("/opt/java/bin/notes 644 0:0", "/opt/java/bin/tool 755 0:0");
    }

    @Test
    void a_folder_for_data_belongs_to_the_images_user() {
        files.writableFolder(Layer.APPLICATION, "/var/lib/berth", "770");

        assertThat(files.entries()).extracting(ImageEntry::owner).containsExactly("65532:0");
    }

    @Test
    void two_files_for_one_path_are_refused() {
        files.text(Layer.SYSTEM, "a", "/etc/passwd");

        assertThatThrownBy(() -> files.text(Layer.SYSTEM, "b", "/etc/passwd"))
                .hasMessageContaining("/etc/passwd comes from both");
    }

    @Test
    void a_file_with_the_same_bytes_is_not_written_again_so_that_its_layer_is_not_packed_again() throws Exception {
        files.text(Layer.SYSTEM, "a", "/etc/passwd");
        var written = files.entries().getFirst().source();
        var then = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
        Files.setLastModifiedTime(written, then);

        new ImageFiles(folder.resolve("made")).text(Layer.SYSTEM, "a", "/etc/passwd");

        assertThat(Files.getLastModifiedTime(written)).isEqualTo(then);
    }
}
