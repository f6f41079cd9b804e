package dev.berth.registry.node;

import dev.berth.registry.node.HostsReading.Hosts;
import dev.berth.registry.node.HostsReading.Refused;
import dev.berth.registry.node.NodeStatus.HostStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Brings a runtime to exactly the hosts that were read. */
final class NodeHosts {
    private final ContainerRuntime runtime;

    NodeHosts(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Configures what is listed and, once the list is complete, takes back what isn't. An entry that can't be used keeps what the node has for
     * its host: a mistake in the list is no wish to remove.
     *
     * @return what is listed, and what could not be taken back, by name
     */
    List<HostStatus> apply(FollowedHosts wanted) {
        List<HostStatus> statuses = new ArrayList<>();
        Set<HostName> kept = new HashSet<>();
        for (Hosts shard : wanted.shards()) {
            for (RegistryHost host : shard.hosts()) {
                statuses.add(HostStatus.of(host.name().text(), runtime.configure(host)));
                kept.add(host.name());
            }
            for (Refused refused : shard.refused()) {
                statuses.add(HostStatus.of(refused.text(), new HostOutcome.Failed(refused.why())));
                refused.host().ifPresent(kept::add);
            }
        }
        if (wanted.complete()) {
            statuses.addAll(removeAllBut(kept));
        }
        statuses.sort(Comparator.comparing(HostStatus::name));
        return statuses;
    }

    /** Takes everything back. @return what could not be */
    List<HostStatus> removeAll() {
        return removeAllBut(Set.of());
    }

    private List<HostStatus> removeAllBut(Set<HostName> kept) {
        return runtime.present().stream()
                .filter(host -> !kept.contains(host))
                .flatMap(host -> runtime.remove(host).map(failed -> HostStatus.of(host.text(), failed)).stream())
                .toList();
    }
}
