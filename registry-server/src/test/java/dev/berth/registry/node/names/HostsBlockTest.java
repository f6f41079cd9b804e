package dev.berth.registry.node.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.NodeTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostsBlockTest {
    private static final HostName APPS = new HostName("apps.team-a.svc");
    private static final byte[] THEIRS =
            "127.0.0.1 localhost\n# caf\u00e9\n10.0.0.7 db".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    private Path folder;

    private Path file;
    private HostsBlock block;

    @BeforeEach
    void start() throws IOException {
        file = Files.write(folder.resolve("hosts"), THEIRS);
        block = new HostsBlock(file);
    }

    @Test
    void a_removed_line_leaves_the_bytes_of_before() throws IOException {
        block.set(APPS, "10.96.62.25");
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("\n10.96.62.25 apps.team-a.svc\n");
        assertThat(block.present()).containsExactly(APPS);
        block.remove(APPS);
        assertThat(Files.readAllBytes(file)).isEqualTo(THEIRS);
        assertThat(block.present()).isEmpty();
    }

    @Test
    void the_file_keeps_its_mode_and_its_extended_attributes() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        attributes().write("berth.test", StandardCharsets.UTF_8.encode("net_conf_t"));

        block.set(APPS, "10.96.62.25");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(attributes().list()).isEqualTo(List.of("berth.test"));
    }

    @Test
    void a_file_that_is_as_it_should_be_is_not_written() throws IOException {
        block.set(APPS, "10.96.62.25");
        var before = Files.readAttributes(file, "unix:ino");
        block.set(APPS, "10.96.62.25");
        block.remove(new HostName("unknown.team-a.svc"));
        assertThat(Files.readAttributes(file, "unix:ino")).isEqualTo(before);
    }

    @Test
    void a_missing_file_is_made_and_removed() throws IOException {
        Files.delete(file);
        block.set(APPS, "10.96.62.25");
        assertThat(block.present()).containsExactly(APPS);
        block.remove(APPS);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void what_an_interrupted_write_left_goes() throws IOException {
        Files.writeString(folder.resolve(".hosts.berth"), "# BEGIN Be");
        assertThat(block.present()).isEmpty();
        assertThat(NodeTree.of(folder).files()).containsOnlyKeys("", "hosts");
    }

    @Test
    void a_block_whose_lines_somebody_deleted_goes() throws IOException {
        block.set(APPS, "10.96.62.25");
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, text.replace("10.96.62.25 apps.team-a.svc\n", ""), StandardCharsets.ISO_8859_1);
        assertThat(block.present()).isEmpty();
        assertThat(Files.readAllBytes(file)).isEqualTo(THEIRS);
    }

    @Test
    void a_block_that_is_not_understood_is_left_alone_and_its_remedy_is_told() throws IOException {
        block.set(APPS, "10.96.62.25");
        var torn = Files.readString(file, StandardCharsets.ISO_8859_1).replace(HostsText.END, "# END");
        Files.writeString(file, torn, StandardCharsets.ISO_8859_1);

        assertThat(block.present()).contains(APPS);
        block.remove(new HostName("unknown.team-a.svc"));
        assertThatThrownBy(() -> block.remove(APPS)).hasMessageContaining("without its last line");
        assertThatThrownBy(() -> block.set(APPS, "10.96.62.26")).hasMessageContaining("without its last line");
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).isEqualTo(torn);
    }

    @Test
    void a_link_is_not_replaced() throws IOException {
        var elsewhere = Files.move(file, folder.resolve("elsewhere"));
        Files.createSymbolicLink(file, elsewhere);

        assertThat(block.present()).isEmpty();
        assertThatThrownBy(() -> block.set(APPS, "10.96.62.25")).hasMessageContaining("link");
        block.remove(APPS);
        assertThat(Files.readAllBytes(elsewhere)).isEqualTo(THEIRS);
        assertThat(file).isSymbolicLink();
    }

    private UserDefinedFileAttributeView attributes() {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    }
}
