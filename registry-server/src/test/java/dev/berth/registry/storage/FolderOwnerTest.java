package dev.berth.registry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderOwnerTest {
    private static final int SERVER = 65_532;

    private static final Digest LAYER = Algorithm.SHA256.digestOf(OpenCatalog.bytes("layer"));

    @TempDir
    private Path elsewhere;

    private Path data;

    @BeforeEach
    void a_folder_of_the_server() throws IOException {
        data = Files.createDirectory(elsewhere.resolve("data"));
        assumeTrue(owner(data) == 0, "only root can give files away");
        Files.setAttribute(data, "unix:uid", SERVER);
    }

    @Test
    void what_root_makes_in_the_folder_of_a_server_is_the_servers() throws IOException {
        try (var catalog = OpenCatalog.in(data)) {
            catalog.push(new RepositoryName("team/web"), "layer");
        }
        try (var files = Files.walk(data)) {
            assertThat(files.toList())
                    .hasSizeGreaterThan(5)
                    .allSatisfy(
                            file -> assertThat(owner(file)).as(file.toString()).isEqualTo(SERVER));
        }
    }

    @Test
    void a_file_that_is_shared_with_somebody_stays_theirs() throws IOException {
        var theirs = Files.writeString(elsewhere.resolve("data.theirs"), "layer");
        adopt(theirs);
        assertThat(owner(theirs)).isZero();
        assertThat((Integer) Files.getAttribute(theirs, "unix:nlink")).isEqualTo(2);
    }

    @Test
    void a_file_that_only_root_can_read_is_copied_for_the_server() throws IOException {
        var secret = Files.writeString(elsewhere.resolve("secret"), "layer");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        adopt(secret);
        assertThat((Integer) Files.getAttribute(secret, "unix:nlink")).isEqualTo(1);
        assertThat(owner(data.resolve("blobs/sha256")
                        .resolve(LAYER.hex().substring(0, 2))
                        .resolve(LAYER.hex())))
                .isEqualTo(SERVER);
    }

    private void adopt(Path file) {
        try (var catalog = OpenCatalog.in(data)) {
            var adopt = AdoptBlobs.of(catalog.stores());
            adopt.bytes(file, LAYER, true);
            adopt.keep(List.of(), Map.of());
        }
    }

    private static int owner(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid");
    }
}
