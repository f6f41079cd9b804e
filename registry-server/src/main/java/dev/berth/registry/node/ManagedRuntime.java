package dev.berth.registry.node;

import dev.berth.registry.node.restart.RuntimeChanges;
import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.RuntimeWrapper;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A runtime whose own configuration the agent may extend, so that it reads the files that are written.
 *
 * @param version the version of the runtime that runs, as it says itself
 */
record ManagedRuntime(ContainerRuntime runtime, RuntimeChanges changes, Supplier<Optional<String>> version)
        implements RuntimeWrapper {
    @Override
    public Optional<String> doubt() {
        var doubt = runtime.doubt();
        return changes.doubt(doubt, doubt.flatMap(_ -> runtime.dropIn(version.get())));
    }
}
