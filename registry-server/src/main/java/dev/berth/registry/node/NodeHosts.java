package dev.berth.registry.node;

import dev.berth.protocol.status.HostState;
import dev.berth.protocol.status.NodeReport.HostReport;
import dev.berth.registry.node.HostsReading.Hosts;
import dev.berth.registry.node.HostsReading.Refused;
import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.RegistryHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Brings a runtime to exactly the hosts that were read, part by part: thousands of hosts that are written for the first time take minutes on a
 * slow disk. Used by one thread.
 */
final class NodeHosts {
    private final ContainerRuntime runtime;
    private final SortedMap<Integer, Applied> applied = new TreeMap<>();
    private List<HostReport> left = List.of();
    private boolean swept;

    /** A part of the list and what came of each of its hosts. */
    private record Applied(Hosts shard, List<HostReport> outcomes) {}

    /** Who waits for the work. */
    interface Progress {
        /** Called before each host. @return false to leave it at what is done */
        boolean goOn();

        /** Called when a part of the list is set up. */
        void partDone();
    }

    NodeHosts(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Configures what is listed and, once the list is complete, takes back what isn't. An entry that can't be used keeps what the node has for
     * its host: a mistake in the list is no wish to remove.
     *
     * @param check whether to look at all hosts, and not only at the parts of the list that changed
     * @return false if it was told to stop
     */
    boolean apply(FollowedHosts wanted, boolean check, Progress progress) {
        Set<HostName> gone = new HashSet<>();
        for (Hosts shard : wanted.shards()) {
            Optional<Applied> before =
                    Optional.ofNullable(applied.get(shard.shard().number()));
            if (check || before.filter(a -> a.shard().equals(shard)).isEmpty()) {
                Optional<List<HostReport>> outcomes = configure(shard, progress);
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

    /** What is listed, and what could not be taken back, by name. */
    List<HostReport> statuses() {
        return Stream.concat(applied.values().stream().flatMap(a -> a.outcomes().stream()), left.stream())
                .sorted(Comparator.comparing(HostReport::name))
                .toList();
    }

    /** Which write of each part was set up; 0 for none. */
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

    /** Takes everything back. @return what could not be */
    List<HostReport> removeAll() {
        return remove(runtime.present());
    }

    /** @return empty if it was told to stop */
    private Optional<List<HostReport>> configure(Hosts shard, Progress progress) {
        List<HostReport> outcomes = new ArrayList<>();
        for (RegistryHost host : shard.hosts()) {
            if (!progress.goOn()) {
                return Optional.empty();
            }
            outcomes.add(report(host.name().text(), runtime.configure(host)));
        }
        for (Refused refused : shard.refused()) {
            outcomes.add(report(refused.text(), new HostOutcome.Failed(refused.why())));
        }
        return Optional.of(outcomes);
    }

    /** Looks through the whole node only when it is checked, or hasn't been since the list is complete. */
    private void remove(FollowedHosts wanted, Set<HostName> gone, boolean check) {
        boolean sweep = check || !swept;
        Set<HostName> unlisted = new HashSet<>(sweep ? runtime.present() : gone);
        wanted.shards().forEach(shard -> names(shard).forEach(unlisted::remove));
        List<HostReport> failures = new ArrayList<>(sweep ? List.of() : left);
        failures.addAll(remove(unlisted));
        left = failures;
        swept = true;
    }

    private List<HostReport> remove(Collection<HostName> hosts) {
        return hosts.stream()
                .flatMap(host -> runtime.remove(host).map(failed -> report(host.text(), failed)).stream())
                .toList();
    }

    private static HostReport report(String name, HostOutcome outcome) {
        return switch (outcome) {
            case HostOutcome.Configured c -> new HostReport(name, HostState.CONFIGURED, Optional.empty());
            case HostOutcome.Conflict c -> new HostReport(name, HostState.CONFLICT, Optional.of(c.message()));
            case HostOutcome.Failed f -> new HostReport(name, HostState.FAILED, Optional.of(f.message()));
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
