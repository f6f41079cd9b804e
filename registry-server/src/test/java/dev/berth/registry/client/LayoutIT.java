package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts between Berth's commands and skopeo, both ways. */
final class LayoutIT {
    @TempDir
    private Path folder;

    @Test
    void skopeo_reads_what_export_writes_and_load_reads_what_skopeo_writes() throws IOException, InterruptedException {
        var one = SmallImage.write(folder.resolve("one"), "one");
        String digest;
        try (var registry = Registry.plain(folder)) {
            skopeo("--dest-tls-verify=false", one.transport(), "docker://" + registry.address() + "/team/web:1");
            digest = registry.digest("team/web", "1");
            assertThat(berth(0, "export", "beside").output()).contains("1 manifest, 1 tag");
            assertThat(SmallImage.digestIn(folder.resolve("beside"))).isEqualTo(digest);
            var refused = berth(1, "load", "beside");
            assertThat(refused.output())
                    .contains("berth-registry: a server is using ", "stop it")
                    .doesNotContain("\tat ");
            assertThat(registry.digest("team/web", "1"))
                    .as("its server goes on")
                    .isEqualTo(digest);
        }
        assertThat(new ObjectMapper()
                        .readTree(berth(0, "export", "layout", "--json").answer())
                        .at("/tags")
                        .asInt())
                .isEqualTo(1);

        berth(0, "export", "layout.tar");
        var archive = "oci-archive:" + folder.resolve("layout.tar") + ":team/web:1";
        skopeo(archive, "oci:" + folder.resolve("unpacked") + ":1");
        assertThat(SmallImage.digestIn(folder.resolve("unpacked"))).isEqualTo(digest);
        skopeo(archive, "oci-archive:" + folder.resolve("theirs.tar") + ":1");
        berth(0, "load", "theirs.tar", "--repository=from/tar");

        skopeo("oci:" + folder.resolve("layout") + ":team/web:1", "oci:" + folder.resolve("theirs") + ":1");
        berth(0, "load", "theirs", "--repository=copied/web");
        assertThat(berth(0, "load", "layout").output()).contains("1 manifest (0 new)");
        try (var registry = Registry.plain(folder)) {
            assertThat(registry.digest("copied/web", "1")).isEqualTo(digest);
            assertThat(registry.digest("from/tar", "1")).isEqualTo(digest);
            skopeo(
                    "--dest-tls-verify=false",
                    "oci:" + folder.resolve("layout") + ":team/web:1",
                    "docker://" + registry.address() + "/pushed:1");
            assertThat(registry.digest("pushed", "1")).isEqualTo(digest);
        }
    }

    private CommandRun berth(int exitCode, String command, String layout, String... more) {
        var arguments = new ArrayList<>(List.of(
                command,
                "--data=" + folder.resolve("data"),
                folder.resolve(layout).toString()));
        arguments.addAll(List.of(more));
        var run = CommandRun.of(Map.of(), ServerProcess.command(arguments));
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(exitCode);
        return run;
    }

    private void skopeo(String... arguments) {
        var command = new ArrayList<>(List.of("skopeo", "--insecure-policy", "copy"));
        command.addAll(List.of(arguments));
        CommandRun.of(Map.of("REGISTRY_AUTH_FILE", folder.resolve("auth.json").toString()), command)
                .orFail();
    }
}
