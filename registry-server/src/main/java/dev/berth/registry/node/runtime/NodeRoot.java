package dev.berth.registry.node.runtime;

import java.nio.file.Path;

/**
 * The root folder of a node as this process sees it, such as `/host` in a pod. Only what is mounted there can be seen.
 *
 * @param path an absolute path
 */
public record NodeRoot(Path path) {
    public NodeRoot {
        path = path.toAbsolutePath().normalize();
    }

    /** Where this process sees a path of the node: `/host/etc/hosts` for `/etc/hosts`. No path leads out of the root. */
    public Path here(String onTheNode) {
        var relative = Path.of("/").resolve(onTheNode).normalize().toString().replaceFirst("^/+", "");
        return path.resolve(relative);
    }

    /** The path on the node of what this process sees: `/etc/hosts` for `/host/etc/hosts`. */
    public String onTheNode(Path here) {
        var absolute = here.toAbsolutePath().normalize();
        return absolute.startsWith(path) ? "/" + path.relativize(absolute) : absolute.toString();
    }
}
