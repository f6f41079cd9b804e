package dev.berth.registry.node;

import dev.berth.protocol.status.HostState;
import dev.berth.protocol.status.NodeReport.HostReport;
import dev.berth.registry.node.HostsReading.Hosts;
import dev.berth.registry.node.canary.HostTrials;
import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.RegistryHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sets up a runtime for exactly the hosts that were read, one part of the list after the other: the first write of thousands of hosts takes
 * minutes on a slow disk. One thread uses it.
 */
final class NodeHosts {
    private final ContainerRuntime runtime;
    private final HostTrials trials;
    private final SortedMap<Integer, Applied> applied = new TreeMap<>();
    private List<HostReport> left = List.of();
    private boolean swept;

    /** A part of the list, and the outcome for each of its hosts. */
    private record Applied(Hosts shard, List<HostReport> outcomes) {}

    /** Is told how far the work is. */
    interface Progress {
        /**
         * Called before each host.
         *
         * @return false to stop here
         */
        boolean goOn();

        /** Called after each part of the list. */
        void partDone();
    }

    /** @param trials whether a runtime can pull from the hosts that it was set up for */
    NodeHosts(ContainerRuntime runtime, HostTrials trials) {
        this.runtime = runtime;
        this.trials = trials;
    }

    /**
     * Sets up the hosts in the list and, once the list is complete, removes all others. A host whose entry can't be used keeps its files: a
     * mistake in the list does not mean that the host is to be removed.
     *
     * @param check whether to look at all hosts, not only at the parts of the list that have changed
     * @return false if it was stopped
     */
    boolean apply(FollowedHosts wanted, boolean check, Progress progress) {
        var gone = new HashSet<HostName>();
        for (var shard : wanted.shards()) {
            Optional<Applied> before =
                    Optional.ofNullable(applied.get(shard.shard().number()));
            if (check || before.filter(a -> a.shard().equals(shard)).isEmpty()) {
                var outcomes = configure(shard, progress);
                if (outcomes.isEmpty()) {
                    return false;
                }
                before.ifPresent(a -> names(a.shard()).forEach(gone::add));
                applied.put(shard.shard().number(), new Applied(shard, outcomes.get()));
                progress.partDone();
            }
        }
        swept &= !applied.keySet().retainAll(numbers(wanted));
        if (wanted.complete()) {
            remove(wanted, gone, check);
        }
        return true;
    }

    /** The hosts in the list and those that could not be removed, by name. */
    List<HostReport> statuses() {
        return Stream.concat(applied.values().stream().flatMap(a -> a.outcomes().stream()), left.stream())
                .sorted(Comparator.comparing(HostReport::name))
                .toList();
    }

    /** The sequence number of each part that was set up; 0 for a part that was not. */
    List<Long> sequences() {
        int count = applied.values().stream()
                .mapToInt(a -> a.shard().shard().count())
                .max()
                .orElse(0);
        return IntStream.range(0, count)
                .mapToObj(number -> Optional.ofNullable(applied.get(number))
                        .map(a -> a.shard().shard().sequence())
                        .orElse(0L))
                .toList();
    }

    /**
     * Removes all hosts.
     *
     * @return those that could not be removed
     */
    static List<HostReport> removeAll(ContainerRuntime runtime) {
        return remove(runtime, runtime.present());
    }

    /** @return empty if it was stopped */
    private Optional<List<HostReport>> configure(Hosts shard, Progress progress) {
        var written = new LinkedHashMap<RegistryHost, HostOutcome>();
        for (var host : shard.hosts()) {
            if (!progress.goOn()) {
                return Optional.empty();
            }
            written.put(host, runtime.configure(trials.inForce(host)));
        }
        var outcomes = new ArrayList<>(tried(written, progress));
        for (var refused : shard.refused()) {
            outcomes.add(report(refused.text(), new HostOutcome.Failed(refused.why())));
        }
        return Optional.of(outcomes);
    }

    private List<HostReport> tried(Map<RegistryHost, HostOutcome> written, Progress progress) {
        var set = written.entrySet().stream()
                .filter(host -> host.getValue() instanceof HostOutcome.Configured)
                .map(Map.Entry::getKey)
                .toList();
        trials.tryOut(set, progress::goOn);
        set.forEach(host -> written.put(host, trials.outcome(host)));
        return written.entrySet().stream()
                .map(host -> report(host.getKey().name().text(), host.getValue()))
                .toList();
    }

    /** Searches the whole node only for a check, or if that hasn't been done since the list is complete. */
    private void remove(FollowedHosts wanted, Set<HostName> gone, boolean check) {
        var sweep = check || !swept;
        var unlisted = new HashSet<HostName>(sweep ? runtime.present() : gone);
        wanted.shards().forEach(shard -> names(shard).forEach(unlisted::remove));
        var failures = new ArrayList<HostReport>(sweep ? List.of() : left);
        failures.addAll(remove(runtime, unlisted));
        trials.keep(wanted.shards().stream().flatMap(NodeHosts::names).collect(Collectors.toSet()));
        left = failures;
        swept = true;
    }

    private static List<HostReport> remove(ContainerRuntime runtime, Collection<HostName> hosts) {
        return hosts.stream()
                .flatMap(host -> runtime.remove(host).map(failed -> report(host.text(), failed)).stream())
                .toList();
    }

    private static HostReport report(String name, HostOutcome outcome) {
        return switch (outcome) {
            case HostOutcome.Configured c -> new HostReport(name, HostState.CONFIGURED, Optional.empty());
            case HostOutcome.Conflict c -> new HostReport(name, HostState.CONFLICT, Optional.of(c.message()));
            case HostOutcome.Failed f -> new HostReport(name, HostState.FAILED, Optional.of(f.message()));
            case HostOutcome.Unsupported u -> new HostReport(name, HostState.FAILED, Optional.of(u.message()));
        };
    }

    private static Set<Integer> numbers(FollowedHosts wanted) {
        return wanted.shards().stream().map(shard -> shard.shard().number()).collect(Collectors.toSet());
    }

    private static Stream<HostName> names(Hosts shard) {
        return Stream.concat(
                shard.hosts().stream().map(RegistryHost::name),
                shard.refused().stream().flatMap(refused -> refused.host().stream()));
    }
}
