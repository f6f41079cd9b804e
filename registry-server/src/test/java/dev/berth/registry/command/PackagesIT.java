package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.ServerProcess;
import dev.berth.registry.client.CommandRun;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive and the Debian package, unpacked and run as on a machine without a clone. */
final class PackagesIT {
    private static final String VERSION = System.getProperty("package.version", "");
    private static final Instant TIME = Instant.parse(System.getProperty("package.time", ""));
    private static final Path ARCHIVE = Path.of("target", "berth-registry-" + VERSION + ".tar.gz");
    private static final Path PACKAGE = Path.of("target", "berth-registry_" + VERSION + "_all.deb");
    private static final String UNIT = "usr/lib/systemd/system/berth-registry.service";

    @TempDir
    private Path folder;

    @Test
    void the_archive_unpacks_to_a_command_that_serves() throws Exception {
        run("tar", "-xzf", ARCHIVE.toString(), "-C", folder.toString());
        var unpacked = folder.resolve("berth-registry-" + VERSION);

        serves(unpacked.resolve("bin/berth-registry"), unpacked.resolve("etc/registry.yaml"));
        assertThat(unpacked.resolve("LICENSE")).hasSameBinaryContentAs(Path.of("..", "LICENSE"));
        assertThat(unpacked.resolve("systemd")).isDirectoryContaining("glob:**.service");
    }

    @Test
    void the_debian_package_has_the_command_its_configuration_and_a_service() throws Exception {
        run("dpkg-deb", "-x", PACKAGE.toString(), folder.toString());

        serves(folder.resolve("usr/bin/berth-registry"), folder.resolve("etc/berth/registry.yaml"));
        assertThat(folder.resolve(UNIT)).content().contains("ExecStart=berth-registry serve --config /etc/berth/");
        assertThat(folder.resolve("usr/lib/sysusers.d/berth-registry.conf"))
                .content()
                .contains("u berth ");
    }

    @Test
    void the_debian_package_needs_java_25_and_keeps_a_changed_configuration() {
        run("dpkg-deb", "-e", PACKAGE.toString(), folder.toString());

        assertThat(run("dpkg-deb", "-f", PACKAGE.toString(), "Depends")).startsWith("openjdk-25-jre-headless | ");
        assertThat(folder.resolve("conffiles")).hasContent("/etc/berth/registry.yaml");
        for (var script : List.of("postinst", "prerm", "postrm")) {
            assertThat(folder.resolve(script)).isExecutable();
            run("sh", "-n", folder.resolve(script).toString());
        }
    }

    @Test
    void systemd_understands_every_line_of_the_service() throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
                "to read the service as systemd does takes `systemd-analyze`, which is not here");
        run("dpkg-deb", "-x", PACKAGE.toString(), folder.toString());
        var unit = folder.resolve(UNIT);
        // The command is not installed here, so the unit names the unpacked one.
        Files.writeString(
                unit,
                Files.readString(unit)
                        .replace("ExecStart=", "ExecStart=" + folder.resolve("usr/share/berth-registry/bin") + "/"));

        assertThat(run("systemd-analyze", "verify", unit.toString())).isEmpty();
    }

    @Test
    void nothing_in_them_tells_who_built_them_or_when() throws IOException {
        var entries = new ArrayList<>(entries(Files.newInputStream(ARCHIVE)));
        int archived = entries.size();
        for (var member : List.of("control.tar.gz", "data.tar.gz")) {
            entries.addAll(entries(member(member)));
        }

        assertThat(archived).isGreaterThan(30);
        assertThat(entries).hasSizeGreaterThan(2 * archived - 10).allSatisfy(entry -> {
            assertThat(entry.getLastModifiedTime().toInstant())
                    .as(entry.getName())
                    .isEqualTo(TIME);
            assertThat(entry.getLongUserId()).as(entry.getName()).isZero();
            assertThat(entry.getLongGroupId()).as(entry.getName()).isZero();
            assertThat(entry.getUserName()).isIn("root", "");
        });
    }

    /** Starts it with the configuration that comes with it, and asks it to end. */
    private void serves(Path command, Path configuration) throws IOException, InterruptedException {
        assertThat(run(command.toString(), "--version")).isEqualTo("berth-registry " + VERSION + "\n");
        try (var server = ServerProcess.by(command)
                        .start(
                                folder,
                                "--config",
                                configuration.toString(),
                                "--port=0",
                                "--management-port=0",
                                "--data=" + folder.resolve("data"));
                var client = HttpClient.newHttpClient()) {
            var ping = HttpRequest.newBuilder(server.url("/v2/")).build();
            assertThat(client.send(ping, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
            server.terminate();
            assertThat(server.exitCode()).as("the exit code after SIGTERM").isZero();
            assertThat(server.output()).contains("Ended").doesNotContain("WARNING");
        }
    }

    private static String run(String... command) {
        return CommandRun.of(Map.of(), List.of(command)).orFail().output();
    }

    private static InputStream member(String name) throws IOException {
        var members = new ArArchiveInputStream(Files.newInputStream(PACKAGE));
        for (ArArchiveEntry member = members.getNextEntry(); member != null; member = members.getNextEntry()) {
            if (member.getName().equals(name)) {
                return members;
            }
        }
        throw new AssertionError(PACKAGE + " has no " + name);
    }

    private static List<TarArchiveEntry> entries(InputStream compressed) throws IOException {
        var entries = new ArrayList<TarArchiveEntry>();
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(compressed))) {
            for (var entry = next(tar); entry.isPresent(); entry = next(tar)) {
                entries.add(entry.get());
            }
        }
        return entries;
    }

    private static Optional<TarArchiveEntry> next(TarArchiveInputStream tar) throws IOException {
        return Optional.ofNullable(tar.getNextEntry());
    }
}
