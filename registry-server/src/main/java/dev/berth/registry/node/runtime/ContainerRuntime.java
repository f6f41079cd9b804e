package dev.berth.registry.node.runtime;

import java.util.Optional;
import java.util.SortedSet;

/**
 * A container runtime of this node, and its files about registries. An implementation changes only files that it wrote itself. After all hosts
 * were removed, the node is byte for byte as it was before. One thread at a time uses it.
 */
public interface ContainerRuntime {
    /** The name of the runtime, as in `containerRuntimeVersion` of a Node: `containerd`, `cri-o`, `docker`. */
    String name();

    /**
     * Why this runtime can't be set up here, such as that the node has another one; empty if it can. The runtime is found by looking for its socket
     * or configuration. Nothing is written while a reason is given, and nobody waits for this node.
     */
    Optional<String> notApplicable();

    /** Makes the runtime pull the images of `host` from its endpoint. Writes nothing if it does so already. */
    HostOutcome configure(RegistryHost host);

    /**
     * Removes all files that Berth wrote for `host`.
     *
     * @return why that failed; empty if no such file is left
     */
    Optional<HostOutcome.Failed> remove(HostName host);

    /**
     * The hosts that have files of Berth on this node, also from an earlier run.
     *
     * @throws java.io.UncheckedIOException if they can't be listed
     */
    SortedSet<HostName> present();

    /** Why the runtime would not read the files that are written here, and what to do; empty if it does, as far as can be seen. */
    default Optional<String> doubt() {
        return Optional.empty();
    }

    /**
     * The file of Berth's own that would end the {@link #doubt}; empty if a person has to edit theirs.
     *
     * @param version the version of the runtime that runs, as it says itself
     */
    default Optional<DropIn> dropIn(Optional<String> version) {
        return Optional.empty();
    }

    /**
     * Whether a mirror can be tried by another name than that of its upstream. The runtime is then set up for that name as for a registry, and has to
     * know it at once.
     */
    default boolean canTryMirrors() {
        return true;
    }
}
