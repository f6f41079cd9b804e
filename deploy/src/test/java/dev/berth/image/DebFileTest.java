package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DebFileTest {
    @TempDir
    Path folder;

    @Test
    void a_file_is_found_by_its_path_and_through_links() {
        var deb = DebPackages.holding(
                folder,
                Map.of("./usr/lib/libz.so.1.3.1", "zlib"),
                Map.of("./usr/lib/libz.so.1", "libz.so.1.3.1", "./usr/lib/libz.so", "libz.so.1"));

        assertThat(deb.file("/usr/lib/libz.so.1.3.1")).hasValue("zlib".getBytes(StandardCharsets.UTF_8));
        assertThat(deb.file("/usr/lib/libz.so")).hasValue("zlib".getBytes(StandardCharsets.UTF_8));
        assertThat(deb.file("/usr/lib/libm.so")).isEmpty();
    }

    @Test
    void links_that_go_in_a_circle_lead_nowhere() {
        var deb = DebPackages.holding(folder, Map.of(), Map.of("./a", "b", "./b", "a"));

        assertThat(deb.file("/a")).isEmpty();
    }

    @Test
    void a_link_to_a_path_from_the_root_is_followed() {
        var deb = DebPackages.holding(
                folder, Map.of("./usr/lib/libz.so.1.3.1", "zlib"), Map.of("./lib/libz.so", "/usr/lib/libz.so.1.3.1"));

        assertThat(deb.file("/lib/libz.so")).hasValue("zlib".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_hard_link_has_the_bytes_of_its_file() {
        var deb = DebPackages.holding(
                folder,
                Map.of("./usr/lib/locale/C.utf8/LC_TIME", "time"),
                Map.of(),
                Map.of("./usr/lib/locale/C.utf8/LC_NAME", "./usr/lib/locale/C.utf8/LC_TIME"));

        assertThat(deb.file("/usr/lib/locale/C.utf8/LC_NAME")).hasValue("time".getBytes(StandardCharsets.UTF_8));
        assertThat(deb.below("/usr/lib/locale/C.utf8")).hasSize(2);
    }

    @Test
    void a_hard_link_to_a_file_that_is_not_there_is_refused_by_name() {
        assertThatThrownBy(() -> DebPackages.holding(folder, Map.of(), Map.of(), Map.of("./a", "./b")))
                .isInstanceOf(ImageBuildException.class)
                .hasMessage("/a is a link to ./b, which is not before it");
    }

    @Test
    void what_lies_below_a_folder_is_listed_without_its_neighbours() {
        var deb = DebPackages.holding(
                folder, Map.of("./locale/C.utf8/LC_TIME", "t", "./locale/C.utf8-other/LC_TIME", "o"), Map.of());

        assertThat(deb.below("/locale/C.utf8")).containsOnlyKeys("/locale/C.utf8/LC_TIME");
    }

    @Test
    void a_file_that_is_no_package_is_refused_by_name() throws Exception {
        var other = Files.writeString(folder.resolve("other.deb"), "!<arch>\n");

        assertThatThrownBy(() -> DebFile.read(other))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("other.deb has no data.tar.xz");
    }
}
