package dev.berth.registry.node.containerd;

import dev.berth.registry.node.runtime.NodeRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a containerd has its configuration. Paths are as this process sees them.
 *
 * @param kind who starts this containerd
 * @param root the root folder of the node
 * @param configuration its `config.toml`
 * @param certs the folder that per-host files are written to; empty for the one that the configuration names
 */
record ContainerdPlace(Kind kind, NodeRoot root, Path configuration, Optional<Path> certs) {
    private static final List<String> OTHERS = List.of("/run/cri-dockerd.sock", "/run/crio/crio.sock");

    /** k3s and RKE2 bring a containerd of their own, and make its configuration at each start. */
    enum Kind {
        K3S("k3s", "/var/lib/rancher/k3s/agent/etc/containerd", "/run/k3s/containerd/containerd.sock"),
        RKE2("RKE2", "/var/lib/rancher/rke2/agent/etc/containerd", "/run/k3s/containerd/containerd.sock"),
        ALONE("containerd", "/etc/containerd", "/run/containerd/containerd.sock");

        private final String service;
        private final String folder;
        private final String socket;

        /**
         * @param service what is restarted after a change of the configuration
         * @param folder the folder of `config.toml` on the node
         * @param socket where it listens
         */
        Kind(String service, String folder, String socket) {
            this.service = service;
            this.folder = folder;
            this.socket = socket;
        }
    }

    /** The places that a containerd usually has. A node with k3s or RKE2 may have a containerd for other purposes too, so theirs come first. */
    static List<ContainerdPlace> usual(NodeRoot root) {
        return Arrays.stream(Kind.values())
                .map(kind -> new ContainerdPlace(
                        kind, root, root.here(kind.folder).resolve("config.toml"), Optional.empty()))
                .toList();
    }

    boolean exists() {
        return !Files.notExists(configuration);
    }

    /** Whether its configuration is people's own: k3s and RKE2 make theirs at each start. */
    boolean isAlone() {
        return kind == Kind.ALONE;
    }

    /** Whether its socket is seen, which says that it is in use. */
    boolean listens() {
        return Files.exists(root.here(kind.socket));
    }

    /** Whether its socket is seen and none of a runtime that kubelet may use instead. */
    boolean isOnlyRuntime() {
        return listens() && OTHERS.stream().noneMatch(socket -> Files.exists(root.here(socket)));
    }

    /** The folder of per-host files if the configuration names none that can be written. */
    Path usualCerts() {
        return certs.orElseGet(() -> configuration.resolveSibling("certs.d"));
    }

    /** The systemd service to restart after a change of the configuration, such as `k3s`. */
    String service() {
        return kind.service;
    }

    /**
     * The file on the node that a person edits to change a file of the configuration.
     *
     * @param version the version of its format
     */
    String edited(Path file, int version) {
        var made = kind != Kind.ALONE && file.equals(configuration);
        return root.onTheNode(
                made ? file.resolveSibling(version >= 3 ? "config-v3.toml.tmpl" : "config.toml.tmpl") : file);
    }
}
