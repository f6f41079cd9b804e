package dev.berth.e2e.cluster;

import java.util.List;
import java.util.stream.Stream;

/** One machine of a cluster, entered as its root. */
public interface ClusterNode {

    /** The name that Kubernetes knows it by. */
    String name();

    /** The standard output of a command run on it. @throws NodeCommandFailed if the command fails */
    String run(String... command);

    /** A file's text. */
    default String read(String path) {
        return run("cat", path);
    }

    /** The paths of all files below a folder, sorted; empty if the folder is not there. */
    default List<String> filesBelow(String folder) {
        return Stream.of(run("sh", "-c", "[ ! -d '%1$s' ] || find '%1$s' -type f".formatted(folder))
                        .split("\n"))
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();
    }
}
