package dev.berth.registry.node.containerd;

import dev.berth.registry.node.containerd.ConfigurationFiles.Part;
import dev.berth.registry.node.runtime.DropIn;
import dev.berth.registry.node.runtime.NodeRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What containerd's `config.toml` and the files that it imports say about per-host files: `config_path` of the registry section of its CRI
 * plugin. The plugin's name depends on the version of the file's format, which is the first line of a configuration.
 *
 * <p>containerd 2 merges the sections of all files. In containerd 1, the section of a plugin in an imported file replaces the whole section of
 * earlier files (`mergeConfig` in containerd's code; tried with 1.6.20).
 */
final class ContainerdConfiguration {
    /** containerd's plugin that serves kubelet, by its names in containerd 1.x and 2.x. */
    private static final Set<String> CRI =
            Set.of("cri", "io.containerd.grpc.v1.cri", "io.containerd.cri.v1.images", "io.containerd.cri.v1.runtime");

    private static final String OLDEST = "cri";
    private static final String OLD = "io.containerd.grpc.v1.cri";
    private static final String NEW = "io.containerd.cri.v1.images";
    /** The version of the format that containerd 1.3 to 2.x read. */
    private static final int OLDEST_OF_BOTH = 2;

    private final NodeRoot root;
    private final ConfigurationFiles files;
    private final List<Part> parts;

    private ContainerdConfiguration(NodeRoot root, ConfigurationFiles files) {
        this.root = root;
        this.files = files;
        this.parts = files.parts();
    }

    /**
     * Reads `config.toml` and what it imports.
     *
     * @param root the root folder of the node, which paths in the file begin at
     * @throws IOException if `config.toml` can't be read, or isn't TOML
     */
    static ContainerdConfiguration read(NodeRoot root, Path file) throws IOException {
        return new ContainerdConfiguration(root, ConfigurationFiles.read(root, file, Optional.empty()));
    }

    /** The configuration of a containerd that has no `config.toml`, so that each setting has its default. */
    static ContainerdConfiguration none(NodeRoot root, Path file) {
        return new ContainerdConfiguration(root, ConfigurationFiles.none(file, OLDEST_OF_BOTH));
    }

    /**
     * What the configuration would be with one more file.
     *
     * @throws IOException if it can't be read any more
     */
    ContainerdConfiguration with(DropIn file) throws IOException {
        var first = parts.getFirst().file();
        return new ContainerdConfiguration(root, ConfigurationFiles.read(root, first, Optional.of(file)));
    }

    /** Why kubelet can't be using this containerd (Docker's packages bring one that it can't use); empty if it may. */
    Optional<String> notForKubelet() {
        var disabled =
                parts.stream().flatMap(part -> part.texts("disabled_plugins")).anyMatch(CRI::contains);
        return disabled
                ? Optional.of(
                        "containerd's configuration disables its CRI plugin, so that this node's runtime is another"
                                + " one")
                : Optional.empty();
    }

    /** The folders of per-host files by their paths on the node, in the order in which containerd looks for a host in them. */
    List<String> folders() {
        return Arrays.stream(configPath().orElse("").split(":"))
                .filter(folder -> !folder.isBlank())
                .toList();
    }

    /** Why containerd would not read files in `certs`, and what to do; empty if it does, or if that can't be seen from here. */
    Optional<String> doubt(ContainerdPlace place, Path certs) {
        var folders = folders();
        if (folders.isEmpty()) {
            return files.complete()
                    ? Optional.of("without config_path, containerd reads no per-host files; " + remedy(place, certs))
                    : Optional.empty();
        }
        if (folders.stream().noneMatch(folder -> seenAs(certs, folder))) {
            return Optional.of("containerd reads its per-host files from " + String.join(":", folders)
                    + ": let the node agent's volume certs be that folder");
        }
        if (folders.size() > 1) {
            return Optional.of(
                    "containerd 2.1 and newer read none of several folders in config_path; " + remedy(place, certs));
        }
        return lost().map(file -> "in containerd 1, the section in " + root.onTheNode(file)
                + " replaces the one with config_path; " + remedy(place, certs));
    }

    private Optional<String> configPath() {
        var replaced = replaced();
        return replaced.isPresent() ? replaced : merged();
    }

    /** The `config_path` that containerd 1 takes from these files. */
    private Optional<String> replaced() {
        return version() >= 3
                ? Optional.empty()
                : lastWith(List.of(OLDEST, OLD))
                        .flatMap(part -> configPath(part, OLD).or(() -> configPath(part, OLDEST)));
    }

    /** The `config_path` that containerd 2 takes from these files. */
    private Optional<String> merged() {
        return parts.stream()
                .flatMap(part -> plugins().stream().flatMap(name -> configPath(part, name).stream()))
                .reduce((earlier, later) -> later);
    }

    /** The file because of which containerd 1 has no `config_path`, unlike containerd 2. */
    private Optional<Path> lost() {
        var different = version() < 3
                && replaced().isEmpty()
                && merged().isPresent()
                && parts.stream().noneMatch(part -> configPath(part, NEW).isPresent());
        return different ? lastWith(List.of(OLDEST, OLD)).map(Part::file) : Optional.empty();
    }

    private static Optional<String> configPath(Part part, String plugin) {
        return Optional.ofNullable(
                        part.plugin(plugin).path("registry").path("config_path").textValue())
                .filter(path -> !path.isBlank());
    }

    private Optional<Part> lastWith(List<String> plugins) {
        return parts.stream()
                .filter(part ->
                        plugins.stream().anyMatch(name -> part.plugin(name).isObject()))
                .reduce((earlier, later) -> later);
    }

    private List<String> plugins() {
        return version() >= 3 ? List.of(NEW) : List.of(OLDEST, OLD, NEW);
    }

    ConfigurationFiles files() {
        return files;
    }

    /** The number of files that have settings of the CRI plugin by its names in containerd 1. */
    long sectionsOfCri() {
        return parts.stream()
                .filter(part -> Stream.of(OLDEST, OLD)
                        .anyMatch(name -> part.plugin(name).isObject()))
                .count();
    }

    /** The text of a file that sets `config_path` in the format of these files. */
    String setting(String certs) {
        return "version = " + version() + "\n\n[plugins.\"" + (version() >= 3 ? NEW : OLD)
                + "\".registry]\n  config_path = \"" + certs + "\"\n";
    }

    int version() {
        return parts.getFirst().toml().path("version").asInt(1);
    }

    /** In few words, because reports of agents cut long texts. */
    private String remedy(ContainerdPlace place, Path certs) {
        var plugin = version() >= 3 ? NEW : version() == 2 ? OLD : OLDEST;
        var file = lastWith(plugins()).map(Part::file).orElse(parts.getFirst().file());
        return (mirrors() ? "move registry.mirrors to hosts.toml files (containerd refuses both), and " : "")
                + "put config_path = \"" + root.onTheNode(certs) + "\" in [plugins.\"" + plugin + "\".registry] of "
                + place.edited(file, version()) + " and restart " + place.service();
    }

    /** Whether it sets mirrors the older way. The CRI plugin does not start if `config_path` is set too. */
    boolean mirrors() {
        return parts.stream()
                .flatMap(
                        part -> plugins().stream().map(name -> part.plugin(name).path("registry")))
                .anyMatch(registry -> !registry.path("mirrors").isEmpty()
                        || registry.path("configs").valueStream().anyMatch(host -> host.has("tls")));
    }

    /** The agent sees the node's folder below a mount: `/host/etc/containerd/certs.d` for `/etc/containerd/certs.d`. */
    private static boolean seenAs(Path certs, String onTheNode) {
        var relative = Path.of(onTheNode).normalize().toString().replaceFirst("^/+", "");
        return certs.normalize().endsWith(relative);
    }
}
