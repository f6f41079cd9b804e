package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageContentTest {
    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final List<String> LIBRARIES = List.of(
            "ld-linux-x86-64.so.2",
            "libc.so.6",
            "libdl.so.2",
            "libgcc_s.so.1",
            "libcrypto.so.3",
            "libm.so.6",
            "libpthread.so.0",
            "librt.so.1",
            "libz.so.1");

    @TempDir
    Path folder;

    private ImageSpec server;
    private ImageContent content;

    @BeforeEach
    void write() throws IOException {
        server = ImageSpec.server(folder);
        Jars.of(server.jar(), Map.of("a", "application"));
        Jars.of(
                server.libraries().resolve("sqlite-jdbc-1.jar"),
                Map.of("org/sqlite/native/Linux/x86_64/libsqlitejdbc.so", "library"));
        Files.writeString(server.libraries().resolve("notes.txt"), "no jar");
        var runtime = folder.resolve("runtime");
        copy("bin/java", runtime);
        copy("lib/libjli.so", runtime);
        content = new ImageContent(runtime, List.of(debian()));
    }

    @Test
    void the_server_is_there_with_its_libraries_a_runtime_and_a_folder_for_its_data() {
        assertThat(paths())
                .containsEntry("/opt/berth/berth-registry.jar", "APPLICATION 644 0:0")
                .containsEntry("/opt/berth/lib/sqlite-jdbc-1.jar", "DEPENDENCIES 644 0:0")
                .containsEntry("/opt/berth/native/libsqlitejdbc.so", "DEPENDENCIES 644 0:0")
                .containsEntry("/opt/java/bin/java", "RUNTIME 755 0:0")
                .containsEntry("/var/lib/berth", "APPLICATION 770 65532:0")
                .containsEntry("/tmp", "SYSTEM 777 65532:0")
                .doesNotContainKey("/opt/berth/lib/notes.txt");
    }

    @Test
    void of_debian_there_is_what_programs_are_linked_to_and_the_locale_and_no_more() {
        assertThat(paths())
                .containsEntry("/lib64/ld-linux-x86-64.so.2", "SYSTEM 755 0:0")
                .containsEntry("/lib/x86_64-linux-gnu/libc.so.6", "SYSTEM 755 0:0")
                .containsEntry("/usr/lib/locale/C.utf8/LC_CTYPE", "SYSTEM 644 0:0")
                .doesNotContainKeys("/usr/bin/sh", "/bin/sh", "/lib/x86_64-linux-gnu/libunused.so.1");
    }

    @Test
    void the_image_knows_its_user_by_name_and_asks_files_before_dns() throws IOException {
        assertThat(text("/etc/passwd")).contains("berth:x:65532:65532:Berth:/:/sbin/nologin\n");
        assertThat(text("/etc/group")).contains("berth:x:65532:\n");
        assertThat(text("/etc/nsswitch.conf")).contains("hosts: files dns\n");
    }

    @Test
    void an_image_without_data_has_no_folder_for_it() throws IOException {
        var operator = ImageSpec.operator(folder);
        Jars.of(operator.jar(), Map.of("a", "application"));
        Files.createDirectories(operator.libraries());

        assertThat(content.of(operator, folder.resolve("made")).entries())
                .extracting(ImageEntry::path)
                .contains("/opt/berth/berth-operator.jar", "/tmp")
                .doesNotContain("/var/lib/berth");
    }

    @Test
    void a_module_that_is_not_packaged_yet_is_answered_with_what_to_do() {
        Folders.delete(server.libraries());

        assertThatThrownBy(() -> content.of(server, folder.resolve("made")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("package that module first");
    }

    /** Layer, mode and owner of each file by its path in the image. */
    private Map<String, String> paths() {
        var paths = new HashMap<String, String>();
        for (var entry : content.of(server, folder.resolve("made")).entries()) {
            paths.put(entry.path(), entry.layer() + " " + entry.mode() + " " + entry.owner());
        }
        return paths;
    }

    private String text(String path) throws IOException {
        for (var entry : content.of(server, folder.resolve("made")).entries()) {
            if (entry.path().equals(path)) {
                return Files.readString(entry.source());
            }
        }
        return "";
    }

    private static void copy(String file, Path runtime) throws IOException {
        var target = runtime.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(JDK.resolve(file), target);
    }

    private DebFile debian() {
        var files = new HashMap<String, String>();
        LIBRARIES.forEach(library -> files.put("./usr/lib/x86_64-linux-gnu/" + library, "linked to nothing"));
        // Every byte of this file is below 0x80, so it is a text as well.
        files.put(
                "./usr/lib/x86_64-linux-gnu/libc.so.6",
                new String(ElfFileTest.linkedTo("ld-linux-x86-64.so.2"), StandardCharsets.US_ASCII));
        files.put("./usr/lib/x86_64-linux-gnu/libunused.so.1", "linked to nothing");
        files.put("./usr/bin/sh", "a shell");
        files.put("./usr/lib/locale/C.utf8/LC_CTYPE", "characters");
        return DebPackages.holding(folder, files, Map.of());
    }
}
