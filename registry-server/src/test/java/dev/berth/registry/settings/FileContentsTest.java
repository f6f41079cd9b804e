package dev.berth.registry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileContentsTest {
    @TempDir
    private Path folder;

    @Test
    void the_revision_is_the_hash_of_all_bytes_in_the_order_of_the_files() throws IOException {
        var one = write("one", "ab");
        var two = write("two", "c");
        // printf abc | sha256sum
        assertThat(FileContents.read(List.of(one, two)).revision())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(FileContents.read(List.of(one))
                        .and(FileContents.read(List.of(two)))
                        .revision())
                .isEqualTo(FileContents.read(List.of(one, two)).revision())
                .isNotEqualTo(FileContents.read(List.of(two, one)).revision());
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        var missing = folder.resolve("users");
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> FileContents.read(List.of(missing)))
                .withMessage("There is no file " + missing + "; check the path.");
    }

    @Test
    void a_folder_in_place_of_a_file_is_named() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> FileContents.read(List.of(folder)))
                .withMessageStartingWith("The file " + folder + " can't be read");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
