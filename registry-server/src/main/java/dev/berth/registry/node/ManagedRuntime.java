package dev.berth.registry.node;

import dev.berth.registry.node.restart.RuntimeChanges;
import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.RegistryHost;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;

/**
 * A runtime whose own configuration the agent may extend, so that it reads the files that are written.
 *
 * @param version the version of the runtime that runs, as it says itself
 */
record ManagedRuntime(ContainerRuntime runtime, RuntimeChanges changes, Supplier<Optional<String>> version)
        implements ContainerRuntime {
    @Override
    public String name() {
        return runtime.name();
    }

    @Override
    public Optional<String> notApplicable() {
        return runtime.notApplicable();
    }

    @Override
    public HostOutcome configure(RegistryHost host) {
        return runtime.configure(host);
    }

    @Override
    public Optional<HostOutcome.Failed> remove(HostName host) {
        return runtime.remove(host);
    }

    @Override
    public SortedSet<HostName> present() {
        return runtime.present();
    }

    @Override
    public Optional<String> doubt() {
        var doubt = runtime.doubt();
        return changes.doubt(doubt, doubt.flatMap(_ -> runtime.dropIn(version.get())));
    }

    @Override
    public boolean canTryMirrors() {
        return runtime.canTryMirrors();
    }
}
