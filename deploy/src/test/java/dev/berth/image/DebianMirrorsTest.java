package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DebianMirrorsTest {
    @TempDir
    Path apt;

    @Test
    void the_machines_own_mirror_is_asked_before_debians_snapshots() throws Exception {
        Files.createDirectories(apt.resolve("sources.list.d"));
        Files.writeString(apt.resolve("sources.list.d/debian.sources"), """
                Types: deb
                URIs: http://mirror.example/debian
                Suites: trixie
                """);
        Files.writeString(apt.resolve("sources.list.d/other.list"), "deb https://other.example/tools stable main\n");

        assertThat(DebianMirrors.of(apt))
                .extracting(URI::getHost)
                .containsExactly("mirror.example", "snapshot.debian.org");
    }

    @Test
    void the_older_form_of_sources_is_read_too_and_no_archive_is_asked_twice() throws Exception {
        Files.writeString(apt.resolve("sources.list"), """
                # deb http://commented.example/debian trixie main
                deb [signed-by=/k.gpg] http://mirror.example/debian/ trixie main
                deb http://mirror.example/debian trixie-updates main
                deb http://mirror.example/debian-security trixie-security main
                """);

        assertThat(DebianMirrors.of(apt).getFirst()).isEqualTo(URI.create("http://mirror.example/debian/"));
        assertThat(DebianMirrors.of(apt)).hasSize(2);
    }

    @Test
    void several_mirrors_on_one_line_are_asked_in_their_order() throws Exception {
        Files.createDirectories(apt.resolve("sources.list.d"));
        Files.writeString(
                apt.resolve("sources.list.d/debian.sources"),
                "Types: deb\nURIs: http://near.example/debian/ https://far.example:8443/debian\nSuites: trixie\n");

        assertThat(DebianMirrors.of(apt))
                .startsWith(URI.create("http://near.example/debian/"), URI.create("https://far.example:8443/debian/"));
    }

    @Test
    void a_file_that_apt_does_not_read_is_not_read_here_either() throws Exception {
        Files.createDirectories(apt.resolve("sources.list.d"));
        Files.writeString(apt.resolve("sources.list.d/debian.sources.save"), "URIs: http://old.example/debian\n");
        Files.write(apt.resolve("sources.list.d/key.gpg"), new byte[] {(byte) 0x99, (byte) 0xff});

        assertThat(DebianMirrors.of(apt)).extracting(URI::getHost).containsExactly("snapshot.debian.org");
    }

    @Test
    void a_machine_without_apt_asks_debians_snapshots() {
        assertThat(DebianMirrors.of(apt.resolve("absent")))
                .extracting(URI::getHost)
                .containsExactly("snapshot.debian.org");
    }
}
