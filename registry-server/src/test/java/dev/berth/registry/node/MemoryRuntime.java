package dev.berth.registry.node;

import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.RegistryHost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A runtime that keeps its hosts in memory, counts what it was asked, and refuses what it is told to refuse. */
final class MemoryRuntime implements ContainerRuntime {
    final Map<HostName, RegistryHost> hosts = new TreeMap<>();
    final Map<HostName, HostOutcome> refusals = new HashMap<>();
    final List<HostName> configured = new ArrayList<>();
    Optional<String> doubt = Optional.empty();
    Optional<String> notApplicable = Optional.empty();
    Consumer<HostName> beforeEach = host -> {};

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Optional<String> notApplicable() {
        return notApplicable;
    }

    @Override
    public HostOutcome configure(RegistryHost host) {
        beforeEach.accept(host.name());
        configured.add(host.name());
        if (refusals.containsKey(host.name())) {
            return refusals.get(host.name());
        }
        hosts.put(host.name(), host);
        return new HostOutcome.Configured();
    }

    @Override
    public Optional<HostOutcome.Failed> remove(HostName host) {
        if (refusals.get(host) instanceof HostOutcome.Failed failed) {
            return Optional.of(failed);
        }
        hosts.remove(host);
        return Optional.empty();
    }

    @Override
    public SortedSet<HostName> present() {
        return new TreeSet<>(hosts.keySet());
    }

    @Override
    public Optional<String> doubt() {
        return doubt;
    }
}
