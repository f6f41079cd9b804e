package dev.berth.e2e;

import dev.berth.e2e.cluster.ClusterNode;
import java.util.List;

/**
 * The configuration of the container runtimes of a node.
 *
 * @param entries a line for each file and folder, sorted: its path, mode, owner, and the checksum of a file
 */
record NodeFiles(List<String> entries) {
    private static final String FOLDERS = "/etc/containerd /etc/containers /etc/docker /etc/hosts";

    static NodeFiles of(ClusterNode node) {
        var lines = node.run("sh", "-c", """
                for path in $(find %s 2>/dev/null); do
                  if [ -f "$path" ]; then sum=$(sha256sum <"$path"); else sum=; fi
                  echo "$(stat -c '%%n %%A %%U:%%G' "$path") ${sum%%%% *}"
                done""".formatted(FOLDERS));
        return new NodeFiles(lines.lines().sorted().toList());
    }

    /** The entries without those of which `part` is a part of the path. */
    NodeFiles without(String part) {
        return new NodeFiles(entries.stream()
                .filter(entry -> !entry.split(" ", 2)[0].contains(part))
                .toList());
    }
}
