package dev.berth.registry.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MarkedFolderTest {
    private static final List<String> FILES = List.of("hosts.toml");
    private static final int MANY = 4_000;

    /** The agent has 30 s to end (`terminationGracePeriodSeconds` of the DaemonSet). */
    private static final Duration KUBELETS_PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path certs;

    @Test
    void thousands_of_hosts_are_removed_within_the_time_that_kubelet_gives_an_agent() throws IOException {
        new MarkedFolder(certs, host(0), FILES).write(folder -> new MarkedFile(folder, "hosts.toml").write(""));
        var file = Files.readString(certs.resolve("host-0.example/hosts.toml"));
        for (int i = 1; i < MANY; i++) {
            var folder = Files.createDirectory(certs.resolve(host(i).text()));
            Files.writeString(folder.resolve("hosts.toml"), file);
        }
        var begin = System.nanoTime();
        for (var host : MarkedFolder.present(certs, FILES)) {
            new MarkedFolder(certs, host, FILES).remove();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(KUBELETS_PATIENCE);
        assertThat(certs).isEmptyDirectory();
    }

    private static HostName host(int number) {
        return new HostName("host-" + number + ".example");
    }
}
