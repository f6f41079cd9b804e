package dev.berth.registry.node.containerd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What containerd's `config.toml` and the files that it imports say about per-host files: `config_path` of the registry section, which is
 * `plugins."io.containerd.grpc.v1.cri".registry` in containerd 1.x and `plugins."io.containerd.cri.v1.images".registry` in 2.x.
 */
final class ContainerdConfiguration {
    /** containerd's plugin that serves kubelet, by its names in containerd 1.x and 2.x. */
    private static final Set<String> CRI =
            Set.of("cri", "io.containerd.grpc.v1.cri", "io.containerd.cri.v1.images", "io.containerd.cri.v1.runtime");

    private static final String REMEDY =
            "put config_path = \"/etc/containerd/certs.d\" in the section [plugins.\"io.containerd.grpc.v1.cri\".registry] "
                    + "(containerd 2: [plugins.\"io.containerd.cri.v1.images\".registry]) of config.toml and restart containerd";

    private static final TomlMapper TOML = new TomlMapper();

    /** In the order in which containerd reads them: of two values for one key, the later counts. */
    private final List<JsonNode> files = new ArrayList<>();

    private final Set<Path> read = new LinkedHashSet<>();
    private boolean complete = true;

    private ContainerdConfiguration() {}

    /**
     * Reads `config.toml`.
     *
     * @throws IOException if it can't be read, or isn't TOML
     */
    static ContainerdConfiguration read(Path file) throws IOException {
        var configuration = new ContainerdConfiguration();
        configuration.add(file);
        return configuration;
    }

    /** Why kubelet can't be using this containerd (Docker's packages bring one that it can't use); empty if it may. */
    Optional<String> notForKubelet() {
        var disabled = files.stream()
                .flatMap(file -> texts(file.path("disabled_plugins")))
                .anyMatch(CRI::contains);
        return disabled
                ? Optional.of(
                        "containerd's configuration disables its CRI plugin, so that this node's runtime is another one;"
                                + " Berth sets up containerd only")
                : Optional.empty();
    }

    /** Why containerd would not read files in `certs`, and what to do; empty if it does, or if that can't be seen from here. */
    Optional<String> doubt(Path certs) {
        var configPath = configPath();
        if (configPath.isEmpty() && !complete) {
            return Optional.empty();
        }
        var folders = configPath.orElse("");
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

    private Optional<String> configPath() {
        return files.stream()
                .flatMap(file -> file.path("plugins").properties().stream())
                .filter(plugin -> plugin.getKey().contains("cri"))
                .map(plugin -> plugin.getValue().path("registry").path("config_path"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .reduce((earlier, later) -> later);
    }

    private void add(Path file) throws IOException {
        if (!read.add(file)) {
            return;
        }
        var toml = TOML.readTree(Files.readString(file));
        files.add(toml);
        for (var pattern : texts(toml.path("imports")).toList()) {
            addImports(file, pattern);
        }
    }

    /** A file that can't be seen or read from here may say anything, so it raises no doubt. */
    private void addImports(Path from, String pattern) {
        var imported = hereOf(from, pattern);
        var folder = imported.map(path -> path.resolveSibling("")).filter(Files::isDirectory);
        if (imported.isEmpty() || folder.isEmpty()) {
            complete = false;
            return;
        }
        var names = String.valueOf(imported.get().getFileName());
        try (var found = Files.newDirectoryStream(folder.get(), names)) {
            var sorted = new ArrayList<Path>();
            found.forEach(sorted::add);
            for (var file : sorted.stream().sorted().toList()) {
                add(file);
            }
        } catch (IOException e) {
            complete = false;
        }
    }

    /**
     * Where this process sees a path of the node: the folder of containerd's configuration may be mounted anywhere, such as
     * `/host/etc/containerd` for `/etc/containerd`. Empty if the path is not below that folder.
     */
    private static Optional<Path> hereOf(Path configuration, String onTheNode) {
        var folder = configuration.toAbsolutePath().normalize().resolveSibling("");
        if (!onTheNode.startsWith("/")) {
            return Optional.of(folder.resolve(onTheNode).normalize());
        }
        var relative = onTheNode.replaceFirst("^/+", "");
        return Stream.iterate(folder, parent -> parent != null, Path::getParent)
                .skip(1) // below the folder itself, any path would be found
                .map(root -> root.resolve(relative).normalize())
                .filter(path -> path.startsWith(folder))
                .findFirst();
    }

    private static Stream<String> texts(JsonNode list) {
        return list.valueStream().filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** The agent sees the node's folder below a mount: `/host/etc/containerd/certs.d` for `/etc/containerd/certs.d`. */
    private static boolean seenAs(Path certs, String onTheNode) {
        var relative = Path.of(onTheNode).normalize().toString().replaceFirst("^/+", "");
        return certs.normalize().endsWith(relative);
    }
}
