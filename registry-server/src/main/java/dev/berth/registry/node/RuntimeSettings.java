package dev.berth.registry.node;

import dev.berth.registry.node.containerd.Containerd;
import dev.berth.registry.node.docker.Docker;
import dev.berth.registry.node.runtime.ContainerRuntime;
import java.nio.file.Path;

/** A container runtime that a node may have, and where its files are on this node. Each runtime is one record here. */
public sealed interface RuntimeSettings {
    /** Opens the runtime. {@link ContainerRuntime#notApplicable} says whether this node has it. */
    ContainerRuntime open();

    /**
     * containerd.
     *
     * @param certs its folder of per-host files, as this process sees it
     * @param configuration its `config.toml`; a node without this file has another runtime
     */
    record ContainerdSettings(Path certs, Path configuration) implements RuntimeSettings {
        @Override
        public ContainerRuntime open() {
            return new Containerd(certs, configuration);
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
            return new Docker(node, forKubelet);
        }
    }
}
