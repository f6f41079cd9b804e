package dev.berth.registry.node;

import dev.berth.registry.node.containerd.Containerd;
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
}
