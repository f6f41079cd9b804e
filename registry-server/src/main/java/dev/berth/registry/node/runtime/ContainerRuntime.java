package dev.berth.registry.node.runtime;

import java.util.Optional;
import java.util.SortedSet;

/**
 * A container runtime of this node, as far as it can be told where registries are. An implementation touches only what it wrote itself, and
 * leaves a node whose hosts were all removed as it found it, byte for byte. Used by one thread at a time.
 */
public interface ContainerRuntime {
    /** The runtime's name as Kubernetes writes it in `containerRuntimeVersion`: `containerd`, `cri-o`, `docker`. */
    String name();

    /**
     * Why nothing can be set up on this node, such as another runtime than this one. Then nothing is written there, and nobody waits for the
     * node. Empty if it can.
     */
    Optional<String> notApplicable();

    /** Makes the runtime pull images of `host` from its endpoint; writes nothing if it does already. */
    HostOutcome configure(RegistryHost host);

    /** Takes back whatever was written for `host`. @return why that failed; empty where nothing of ours is left */
    Optional<HostOutcome.Failed> remove(HostName host);

    /** The hosts for which something of ours is on this node, also from an earlier run. @throws java.io.UncheckedIOException if that can't be seen */
    SortedSet<HostName> present();

    /** Why the runtime would not read what is written here, and what to do about it; empty if it does, as far as can be seen. */
    Optional<String> doubt();
}
