package dev.berth.registry.node;

import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.RuntimeWrapper;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The container runtime of this node: the first one in a list that the node has. A node can change its runtime while the agent runs, so
 * {@link #notApplicable} looks again each time. Files of all runtimes in the list are found and removed, also of those that the node no
 * longer uses.
 */
final class NodeRuntime implements RuntimeWrapper {
    private final List<ContainerRuntime> runtimes;
    private final List<ContainerRuntime> candidates;
    private ContainerRuntime current;

    /** @param runtimes at least one, the preferred one first */
    NodeRuntime(List<ContainerRuntime> runtimes) {
        this(runtimes, Optional.empty());
    }

    /**
     * @param runtimes at least one, the preferred one first
     * @param asked the name of the only one of them that may be set up; empty for the first that the node has
     */
    NodeRuntime(List<ContainerRuntime> runtimes, Optional<String> asked) {
        this.runtimes = List.copyOf(runtimes);
        this.candidates = runtimes.stream()
                .filter(runtime -> asked.isEmpty() || asked.get().equals(runtime.name()))
                .toList();
        this.current = find().orElse(candidates.getFirst());
    }

    static NodeRuntime open(NodeSettings.Runtimes settings) {
        return new NodeRuntime(
                settings.known().stream().map(RuntimeSettings::open).toList(), settings.asked());
    }

    @Override
    public ContainerRuntime runtime() {
        return current;
    }

    @Override
    public Optional<String> notApplicable() {
        var found = find();
        found.ifPresent(runtime -> current = runtime);
        return found.isPresent() ? Optional.empty() : Optional.of(reasons());
    }

    @Override
    public Optional<HostOutcome.Failed> remove(HostName host) {
        var failures = runtimes.stream()
                .flatMap(runtime -> runtime.remove(host).stream())
                .toList();
        return failures.stream().findFirst();
    }

    @Override
    public SortedSet<HostName> present() {
        return runtimes.stream()
                .flatMap(runtime -> runtime.present().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<ContainerRuntime> find() {
        return candidates.stream()
                .filter(runtime -> runtime.notApplicable().isEmpty())
                .findFirst();
    }

    private String reasons() {
        return candidates.stream()
                .flatMap(runtime -> runtime.notApplicable().stream())
                .collect(Collectors.joining("; "));
    }
}
