package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageArchiveTest {
    private static final Instant TIME = Instant.parse("2026-11-28T00:00:00Z");
    private static final Pattern LAYER = Pattern.compile("[0-9a-f]{64}\\.tar\\.gz");

    @TempDir
    Path folder;

    private Path jar = Path.of("app.jar");

    @BeforeEach
    void write() throws IOException {
        jar = Files.writeString(folder.resolve("app.jar"), "version 1");
    }

    @Test
    void docker_load_finds_the_image_by_its_name_with_all_that_docker_run_needs() throws IOException {
        var archive = contents(build("a"));

        assertThat(text(archive, "manifest.json")).contains("berth.dev/berth-test:0.1.0");
        assertThat(text(archive, "config.json"))
                .contains(
                        "\"User\":\"65532:65532\"",
                        "\"Entrypoint\":[\"/opt/java/bin/java\",\"-jar\",\"/opt/berth/app.jar\"]",
                        "\"Cmd\":[\"serve\"]",
                        "\"5000/tcp\":{}",
                        "\"/var/lib/berth\":{}",
                        "\"org.opencontainers.image.version\":\"0.1.0\"",
                        "\"architecture\":\"amd64\"",
                        "\"created\":\"2026-11-28T00:00:00Z\"");
    }

    @Test
    void layers_come_in_their_order_and_files_have_the_owner_the_mode_and_the_time_that_they_are_given()
            throws IOException {
        var archive = contents(build("a"));
        var layers = layers(archive);

        assertThat(layers).hasSize(3);
        assertThat(described(archive, layers.get(0)))
                .contains("etc/passwd 644 0:0 2026-11-28T00:00:00Z", "tmp/ 777 65532:0 2026-11-28T00:00:00Z");
        assertThat(described(archive, layers.get(1))).contains("opt/berth/lib/one.jar 644 0:0 2026-11-28T00:00:00Z");
        assertThat(described(archive, layers.get(2)))
                .contains(
                        "opt/berth/app.jar 644 0:0 2026-11-28T00:00:00Z",
                        "var/lib/berth/ 770 65532:0 2026-11-28T00:00:00Z");
    }

    @Test
    void a_new_version_of_the_application_changes_its_own_layer_alone() throws IOException {
        var before = layers(contents(build("a")));
        Files.writeString(jar, "version 2");
        var after = layers(contents(build("a")));

        assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
        assertThat(after.get(2)).isNotEqualTo(before.get(2));
    }

    @Test
    void the_same_files_are_the_same_bytes_in_another_folder_and_at_another_time() throws IOException {
        var first = build("a");
        Files.setLastModifiedTime(jar, FileTime.from(TIME));

        assertThat(build("b")).hasSameBinaryContentAs(first);
    }

    @Test
    void an_image_that_cannot_be_written_leaves_the_one_before_it() throws IOException {
        var before = Files.readAllBytes(build("a"));
        Files.delete(jar);

        assertThatThrownBy(() -> build("a")).isInstanceOf(RuntimeException.class);
        assertThat(folder.resolve("a/berth-test.tar")).hasBinaryContent(before);
    }

    private Path build(String output) throws IOException {
        var out = Files.createDirectories(folder.resolve(output));
        var files = new ImageFiles(out.resolve("made"));
        files.text(Layer.SYSTEM, "root:x:0:0", "/etc/passwd");
        files.writableFolder(Layer.SYSTEM, "/tmp", "777");
        files.text(Layer.DEPENDENCIES, "a library", "/opt/berth/lib/one.jar");
        files.file(Layer.APPLICATION, jar, "/opt/berth/app.jar");
        files.writableFolder(Layer.APPLICATION, "/var/lib/berth", "770");
        var image = new ImageSpec(
                "berth-test",
                "Test",
                "An image",
                jar,
                List.of(),
                List.of("serve"),
                List.of(5000),
                Optional.of("/var/lib/berth"));
        var archive = out.resolve("berth-test.tar");
        new ImageArchive(new BuildSettings(folder, out, folder, "0.1.0", TIME, CacheTimes.FORGET))
                .write(image, List.of("/opt/java/bin/java", "-jar", "/opt/berth/app.jar"), files.entries(), archive);
        return archive;
    }

    private static Map<String, byte[]> contents(Path archive) throws IOException {
        var contents = new LinkedHashMap<String, byte[]>();
        try (var tar = new TarArchiveInputStream(Files.newInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                contents.put(entry.getName(), tar.readAllBytes());
            }
        }
        return contents;
    }

    private static List<String> layers(Map<String, byte[]> archive) {
        return LAYER.matcher(text(archive, "manifest.json"))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static List<String> described(Map<String, byte[]> archive, String layer) throws IOException {
        var described = new ArrayList<String>();
        var bytes = new ByteArrayInputStream(archive.getOrDefault(layer, new byte[0]));
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(bytes))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                described.add(entry.getName() + " " + Integer.toOctalString(entry.getMode() & 0777) + " "
                        + entry.getLongUserId() + ":" + entry.getLongGroupId() + " "
                        + entry.getLastModifiedTime().toInstant());
            }
        }
        return described;
    }

    private static String text(Map<String, byte[]> archive, String name) {
        return new String(archive.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }
}
