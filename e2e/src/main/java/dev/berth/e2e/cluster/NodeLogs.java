package dev.berth.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The logs of a node: its journal, its containers and the per-host files of its container runtime. */
record NodeLogs(ClusterNode node) {
    void collect(Path folder) {
        write(folder, "journal.log", "journalctl --no-pager --output=short-precise");
        write(folder, "containers.log", "tail -n +1 /var/log/pods/*/*/*.log");
        write(folder, "per-host-files.txt", "tail -n +1 /etc/containerd/certs.d/*/*");
    }

    private void write(Path folder, String file, String command) {
        try {
            var nodeFolder = Files.createDirectories(folder.resolve(node.name()));
            Files.writeString(nodeFolder.resolve(file), node.run("sh", "-c", command + " 2>&1 || true"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
