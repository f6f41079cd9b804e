package dev.berth.registry.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.cri.CriMessages;
import dev.berth.registry.cri.CriSockets;
import dev.berth.registry.cri.ScriptedCri;
import dev.berth.registry.cri.ScriptedCri.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunningRuntimeTest {
    @TempDir
    private Path folder;

    @Test
    void the_version_is_the_one_that_the_runtime_says_also_after_an_update() throws Exception {
        try (var cri = new ScriptedCri(folder.resolve("cri.sock"));
                var sockets = new CriSockets(List.of(cri.socket()))) {
            cri.answers("RuntimeService/Version", version("containerd", "1.7.24"));
            var runtime = new RunningRuntime(sockets, () -> "containerd");
            assertThat(runtime.version()).as("before it was asked").isEmpty();
            runtime.look();
            assertThat(runtime.version()).contains("1.7.24");

            cri.answers("RuntimeService/Version", new Reply.Status(14, "starting"));
            runtime.look();
            assertThat(runtime.version()).as("while it is restarted").contains("1.7.24");

            cri.answers("RuntimeService/Version", version("containerd", "2.1.9"));
            runtime.look();
            assertThat(runtime.version()).contains("2.1.9");
        }
    }

    @Test
    void the_version_of_another_runtime_is_not_told() throws Exception {
        try (var cri = new ScriptedCri(folder.resolve("cri.sock"));
                var sockets = new CriSockets(List.of(cri.socket()))) {
            cri.answers("RuntimeService/Version", version("docker", "29.0.0"));
            var runtime = new RunningRuntime(sockets, () -> "containerd");
            runtime.look();
            assertThat(runtime.version()).isEmpty();
        }
    }

    @Test
    void without_a_socket_there_is_no_version() throws InterruptedException, IOException {
        try (var sockets = new CriSockets(List.of(folder.resolve("none.sock")))) {
            var runtime = new RunningRuntime(sockets, () -> "containerd");
            runtime.look();
            assertThat(runtime.version()).isEmpty();
        }
    }

    private static Reply version(String name, String version) {
        return new Reply.Message(CriMessages.version(name, version));
    }
}
