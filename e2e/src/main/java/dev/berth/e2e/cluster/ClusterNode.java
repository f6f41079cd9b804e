package dev.berth.e2e.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A machine of a cluster, on which commands run as root. */
public interface ClusterNode {
    /** The name of its Node object. */
    String name();

    /**
     * Runs a command and returns its standard output.
     *
     * @throws NodeCommandFailed if it fails
     */
    String run(String... command);

    /** Copies a file of this machine, with its mode. */
    void put(Path file, String path);

    /** The text of a file. */
    default String read(String path) {
        return run("cat", path);
    }

    /** The paths of all files below a folder, sorted; none if the folder doesn't exist. */
    default List<String> filesBelow(String folder) {
        return Stream.of(run("sh", "-c", "[ ! -d '%1$s' ] || find '%1$s' -type f".formatted(folder))
                        .split("\n"))
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();
    }
}
