package dev.berth.registry.node;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What containerd's `config.toml` says about where per-host files are read from: `config_path` of the registry section, which is
 * `plugins."io.containerd.grpc.v1.cri".registry` in containerd 1.x and `plugins."io.containerd.cri.v1.images".registry` in 2.x.
 */
final class ContainerdConfiguration {
    private static final Pattern SECTION = Pattern.compile("\\s*\\[([^\\[\\]]+)]\\s*(?:#.*)?");
    private static final Pattern KEY =
            Pattern.compile("\\s*((?:[\\w-]+\\s*\\.\\s*)*config_path)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)').*");
    private static final Pattern IMPORTS = Pattern.compile("(?m)^\\s*imports\\s*=\\s*\\[\\s*[\"'].*");

    /** containerd's plugin that serves kubelet, by its names in containerd 1.x and 2.x. */
    private static final Pattern CRI_DISABLED =
            Pattern.compile("(?m)^\\s*disabled_plugins\\s*=\\s*\\[[^]]*[\"'](?:cri|io\\.containerd\\.grpc\\.v1\\.cri"
                    + "|io\\.containerd\\.cri\\.v1\\.(?:images|runtime))[\"']");

    private ContainerdConfiguration() {}

    /** Why kubelet can't be using this containerd (as where Docker brought it along); empty if it may. */
    static Optional<String> notForKubelet(String toml) {
        return CRI_DISABLED.matcher(toml).find()
                ? Optional.of(
                        "containerd's configuration disables its CRI plugin, so that this node's runtime is another one;"
                                + " Berth sets up containerd only")
                : Optional.empty();
    }

    /** Why files in `certs` would not be read, and what to do; empty if they are, or if this text alone can't tell. */
    static Optional<String> doubt(String toml, Path certs) {
        Optional<String> configPath = configPath(toml);
        if (configPath.isEmpty() && IMPORTS.matcher(toml).find()) {
            return Optional.empty();
        }
        String folders = configPath.orElse("");
        if (Arrays.stream(folders.split(":")).filter(f -> !f.isBlank()).anyMatch(f -> seenAs(certs, f))) {
            return Optional.empty();
        }
        return Optional.of(
                folders.isEmpty()
                        ? "containerd's configuration names no config_path, and without one containerd before 2.2 reads no per-host files; "
                                + REMEDY
                        : "containerd reads its per-host files from " + folders
                                + ": let the node agent's volume certs be that folder");
    }

    private static final String REMEDY =
            "put config_path = \"/etc/containerd/certs.d\" in the section [plugins.\"io.containerd.grpc.v1.cri\".registry] "
                    + "(containerd 2: [plugins.\"io.containerd.cri.v1.images\".registry]) of config.toml and restart containerd";

    private static Optional<String> configPath(String toml) {
        String section = "";
        Optional<String> found = Optional.empty();
        for (String line : (Iterable<String>) toml.lines()::iterator) {
            Matcher header = SECTION.matcher(line);
            Matcher key = KEY.matcher(line);
            if (header.matches()) {
                section = header.group(1);
            } else if (key.matches() && isRegistry(section + "." + key.group(1))) {
                found = Optional.of(key.group(2) != null ? key.group(2) : key.group(3));
            }
        }
        return found;
    }

    private static boolean isRegistry(String key) {
        String plain = key.replaceAll("[\"'\\s]", "");
        return plain.startsWith("plugins.") && plain.contains("cri") && plain.endsWith(".registry.config_path");
    }

    /** The agent sees the node's folder below a mount: `/host/etc/containerd/certs.d` for `/etc/containerd/certs.d`. */
    private static boolean seenAs(Path certs, String onTheNode) {
        String relative = Path.of(onTheNode).normalize().toString().replaceFirst("^/+", "");
        return certs.normalize().endsWith(relative);
    }
}
