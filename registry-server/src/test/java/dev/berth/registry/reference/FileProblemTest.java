package dev.berth.registry.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

final class FileProblemTest {
    @Test
    void each_is_said_in_words_and_not_by_javas_name_for_it() {
        assertThat(FileProblem.of(new AccessDeniedException("/a"))).isEqualTo("/a: permission denied");
        assertThat(FileProblem.of(new NoSuchFileException("/a"))).isEqualTo("/a is not there");
        assertThat(FileProblem.of(new NotDirectoryException("/a"))).isEqualTo("/a is not a folder");
        assertThat(FileProblem.of(new FileAlreadyExistsException("/a")))
                .isEqualTo("/a is there already, and is not a folder");
        assertThat(FileProblem.of(new FileSystemException("/a", null, "Read-only file system")))
                .isEqualTo("/a: read-only file system");
        assertThat(FileProblem.of(new IOException("No space left on device"))).isEqualTo("No space left on device");
    }
}
