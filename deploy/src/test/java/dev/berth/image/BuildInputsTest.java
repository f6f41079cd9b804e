package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildInputsTest {
    private static final Instant TIME = Instant.parse("2026-11-28T00:00:00Z");

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        writeInto(folder);
    }

    @Test
    void a_copy_of_the_same_files_elsewhere_and_at_another_time_needs_no_new_image() throws IOException {
        var elsewhere = folder.resolve("elsewhere");
        writeInto(elsewhere);
        Files.setLastModifiedTime(jar(elsewhere), FileTime.from(TIME));

        assertThat(digest(elsewhere, settings("1", TIME, CacheTimes.FORGET))).isEqualTo(digest());
    }

    @Test
    void whatever_goes_into_an_image_changes_its_inputs() throws IOException {
        var before = digest();
        Files.writeString(jar(folder), "application, changed");
        var application = digest();
        Files.writeString(folder.resolve("operator/target/lib/one.jar"), "one, changed");
        var library = digest();
        Files.writeString(folder.resolve("operator/target/lib/two.jar"), "two");
        var more = digest();
        Files.move(folder.resolve("operator/target/lib/two.jar"), folder.resolve("operator/target/lib/three.jar"));
        var renamed = digest();
        Files.writeString(folder.resolve("program/debian-packages.txt"), "other packages");
        var pins = digest();

        assertThat(new String[] {before, application, library, more, renamed, pins})
                .doesNotHaveDuplicates();
    }

    @Test
    void another_version_or_time_is_another_image() {
        assertThat(new String[] {
                    digest(),
                    digest(folder, settings("2", TIME, CacheTimes.FORGET)),
                    digest(folder, settings("1", TIME.plusSeconds(1), CacheTimes.FORGET)),
                    digest(folder, settings("1", TIME, CacheTimes.KEEP))
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void a_module_that_is_not_packaged_yet_is_answered_with_what_to_do() throws IOException {
        Folders.delete(folder.resolve("operator/target/lib"));

        assertThatThrownBy(this::digest)
                .isInstanceOf(ImageBuildException.class)
                .hasMessageEndingWith("operator/target/lib is not there: package that module first");
    }

    private static void writeInto(Path root) throws IOException {
        Files.createDirectories(root.resolve("operator/target/lib"));
        Files.createDirectories(root.resolve("program"));
        Files.writeString(jar(root), "application");
        Files.writeString(root.resolve("operator/target/lib/one.jar"), "one");
        Files.writeString(root.resolve("program/debian-packages.txt"), "packages");
    }

    private static Path jar(Path root) {
        return root.resolve("operator/target/berth-operator.jar");
    }

    private String digest() {
        return digest(folder, settings("1", TIME, CacheTimes.FORGET));
    }

    private static String digest(Path root, BuildSettings settings) {
        return BuildInputs.digest(ImageSpec.operator(root), settings, root.resolve("program"));
    }

    private BuildSettings settings(String version, Instant time, CacheTimes cacheTimes) {
        return new BuildSettings(folder, folder.resolve("images"), folder.resolve("cache"), version, time, cacheTimes);
    }
}
