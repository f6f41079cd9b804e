package dev.berth.registry.node.runtime;

import java.util.Optional;
import java.util.SortedSet;

/** A runtime that does what another one does, but for what an implementation changes. */
public interface RuntimeWrapper extends ContainerRuntime {
    /** The other runtime. */
    ContainerRuntime runtime();

    @Override
    default String name() {
        return runtime().name();
    }

    @Override
    default Optional<String> notApplicable() {
        return runtime().notApplicable();
    }

    @Override
    default HostOutcome configure(RegistryHost host) {
        return runtime().configure(host);
    }

    @Override
    default Optional<HostOutcome.Failed> remove(HostName host) {
        return runtime().remove(host);
    }

    @Override
    default SortedSet<HostName> present() {
        return runtime().present();
    }

    @Override
    default Optional<String> doubt() {
        return runtime().doubt();
    }

    @Override
    default Optional<DropIn> dropIn(Optional<String> version) {
        return runtime().dropIn(version);
    }

    @Override
    default boolean canTryMirrors() {
        return runtime().canTryMirrors();
    }
}
