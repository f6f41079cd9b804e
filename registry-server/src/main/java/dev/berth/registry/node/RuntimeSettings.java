package dev.berth.registry.node;

import dev.berth.registry.node.containerd.Containerd;
import dev.berth.registry.node.containers.Crio;
import dev.berth.registry.node.containers.Podman;
import dev.berth.registry.node.docker.Docker;
import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.NodeRoot;
import java.nio.file.Path;
import java.util.Optional;

/** A container runtime that a node may have, and where its files are on this node. Each runtime is one record here. */
public sealed interface RuntimeSettings {
    /** Opens the runtime. {@link ContainerRuntime#notApplicable} says whether this node has it. */
    ContainerRuntime open();

    /**
     * containerd. Paths are as this process sees them.
     *
     * @param root the root folder of the node
     * @param certs its folder of per-host files; empty for the one that its configuration names
     * @param configuration its `config.toml`; empty to look where containerd, k3s and RKE2 have it
     * @param managed whether the agent may add files to its configuration
     */
    record ContainerdSettings(Path root, Optional<Path> certs, Optional<Path> configuration, boolean managed)
            implements RuntimeSettings {
        @Override
        public ContainerRuntime open() {
            var node = new NodeRoot(root);
            return configuration
                    .or(() -> certs.map(folder -> folder.resolveSibling("config.toml")))
                    .map(file -> Containerd.at(node, file, certs))
                    .orElseGet(() -> managed ? Containerd.alsoWithoutConfiguration(node) : Containerd.of(node));
        }
    }

    /**
     * Docker Engine.
     *
     * @param node the node's root folder, as this process sees it
     * @param forKubelet whether it is set up only if the kubelet uses it, by way of cri-dockerd
     */
    record DockerSettings(Path node, boolean forKubelet) implements RuntimeSettings {
        @Override
        public ContainerRuntime open() {
            return new Docker(new NodeRoot(node), forKubelet);
        }
    }

    /**
     * CRI-O.
     *
     * @param root the node's root folder, as this process sees it
     */
    record CrioSettings(Path root) implements RuntimeSettings {
        @Override
        public ContainerRuntime open() {
            return new Crio(new NodeRoot(root));
        }
    }

    /**
     * podman.
     *
     * @param root the node's root folder, as this process sees it
     * @param inKubernetes whether only the runtime of a kubelet counts, which podman never is
     */
    record PodmanSettings(Path root, boolean inKubernetes) implements RuntimeSettings {
        @Override
        public ContainerRuntime open() {
            return new Podman(new NodeRoot(root), inKubernetes);
        }
    }
}
