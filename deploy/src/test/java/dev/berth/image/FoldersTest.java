package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoldersTest {
    @TempDir
    Path folder;

    @Test
    void a_folder_goes_with_all_that_is_in_it() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("a/b/c")).resolve("file"), "x");
        Files.createDirectory(folder.resolve("a/empty"));

        Folders.delete(folder.resolve("a"));

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void what_a_link_in_it_leads_to_stays() throws IOException {
        var kept = Files.writeString(
                Files.createDirectories(folder.resolve("kept")).resolve("file"), "x");
        Files.createSymbolicLink(Files.createDirectories(folder.resolve("a")).resolve("link"), folder.resolve("kept"));

        Folders.delete(folder.resolve("a"));

        assertThat(kept).hasContent("x");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void a_folder_that_is_not_there_is_no_fault() {
        assertThatCode(() -> Folders.delete(folder.resolve("a"))).doesNotThrowAnyException();
    }
}
