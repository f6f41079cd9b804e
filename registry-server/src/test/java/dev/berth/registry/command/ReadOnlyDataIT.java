package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ServerProcess;
import dev.berth.registry.fault.SmallDisk;
import dev.berth.registry.reference.Algorithm;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands read from data that can't be written to, such as a snapshot that is mounted to be looked at, or that aren't there. */
final class ReadOnlyDataIT {
    private static final String TEXT = "hello".repeat(4_096);
    private static final String DIGEST =
            Algorithm.SHA256.digestOf(TEXT.getBytes(StandardCharsets.UTF_8)).toString();

    @TempDir
    private Path folder;

    private SmallDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(folder.resolve("disk"), 32);
    }

    @AfterEach
    void unmount() throws Exception {
        disk.unmount();
    }

    @Test
    void a_read_only_mount_is_exported_counted_and_checked() throws Exception {
        try (var server = ServerProcess.start(folder, "--data=" + data())) {
            push(server);
            server.terminate();
            server.exitCode();
        }
        disk.makeReadOnly();
        everythingIsRead();
        assertThat(run("check", "--repair"))
                .isEqualTo(new JarRun(
                        1,
                        "berth-registry: the data folder " + data() + " can't be used: " + data()
                                + "/lock: read-only file system\n"));
        assertThat(run("collect").code()).isEqualTo(1);
    }

    @Test
    void so_is_one_whose_server_was_killed() throws Exception {
        try (var server = ServerProcess.start(folder, "--data=" + data())) {
            push(server);
        }
        disk.makeReadOnly();
        everythingIsRead();
    }

    @Test
    void a_folder_that_is_misspelt_is_refused_and_not_made() throws Exception {
        var typo = folder.resolve("typo");
        var target = folder.resolve("backup");
        assertThat(JarRun.of("export", "--data", typo.toString(), target.toString()))
                .isEqualTo(new JarRun(
                        1,
                        "berth-registry: there is no registry's data in " + typo
                                + "; --data or --config say where they are\n"));
        assertThat(typo).doesNotExist();
        assertThat(target).doesNotExist();
    }

    private void everythingIsRead() throws Exception {
        var export = JarRun.of(
                "export", "--data", data().toString(), folder.resolve("backup").toString());
        assertThat(export.code()).as(export.output()).isZero();
        assertThat(folder.resolve("backup/blobs/sha256/" + DIGEST.substring("sha256:".length())))
                .hasContent(TEXT);
        assertThat(run("stats").output()).contains("team/web", "1 manifest, 1 tag");
        var check = run("check");
        assertThat(check.output()).contains("Everything is right");
        assertThat(check.code()).isZero();
        assertThat(run("collect", "--dry-run").code()).isZero();
    }

    private Path data() {
        return disk.path().resolve("data");
    }

    private JarRun run(String command, String... options) throws Exception {
        var arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--data", data().toString()));
        return JarRun.of(command, arguments.toArray(String[]::new));
    }

    private static void push(ServerProcess server) throws Exception {
        var manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},"layers":[]}
                """.formatted(DIGEST, TEXT.length());
        try (var client = HttpClient.newHttpClient()) {
            var blob = HttpRequest.newBuilder(server.url("/v2/team/web/blobs/uploads/?digest=" + DIGEST))
                    .POST(BodyPublishers.ofString(TEXT));
            var image = HttpRequest.newBuilder(server.url("/v2/team/web/manifests/1"))
                    .header("Content-Type", "application/vnd.oci.image.manifest.v1+json")
                    .PUT(BodyPublishers.ofString(manifest));
            for (var request : new HttpRequest.Builder[] {blob, image}) {
                assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode())
                        .isEqualTo(201);
            }
        }
    }
}
