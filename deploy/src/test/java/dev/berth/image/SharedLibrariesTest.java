package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SharedLibrariesTest {
    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final String FOLDER = "./usr/lib/x86_64-linux-gnu/";

    @TempDir
    Path folder;

    @Test
    void what_a_program_is_linked_to_comes_from_the_packages_and_nothing_else_does() throws IOException {
        var libc = package_("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "ld-linux-x86-64.so.2");
        var others = package_("libgcc_s.so.1", "libcrypto.so.3", "libz.so.1", "librt.so.1", "libunused.so.1");

        assertThat(new SharedLibraries(List.of(libc, others)).neededBy(launcher()))
                .containsKeys("libc.so.6", "libgcc_s.so.1", "libcrypto.so.3")
                .doesNotContainKeys("libjli.so", "libunused.so.1");
    }

    @Test
    void a_library_that_no_package_holds_is_named() {
        assertThatThrownBy(() ->
                        new SharedLibraries(List.of(package_("libgcc_s.so.1", "libcrypto.so.3"))).neededBy(launcher()))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageMatching("lib\\S+ is linked to, and no pinned package holds it: .*");
    }

    /** The launcher and the one library that it brings itself. */
    private static Map<String, byte[]> launcher() throws IOException {
        return Map.of(
                "java", Files.readAllBytes(JDK.resolve("bin/java")),
                "libjli.so", Files.readAllBytes(JDK.resolve("lib/libjli.so")));
    }

    private DebFile package_(String... libraries) {
        var files = new HashMap<String, String>();
        for (var library : libraries) {
            files.put(FOLDER + library, "not linked to anything");
        }
        return DebPackages.holding(folder, files, Map.of());
    }
}
