package dev.berth.registry.node;

import dev.berth.registry.node.HostsReading.Hosts;
import dev.berth.registry.node.HostsReading.Refused;
import dev.berth.registry.node.NodeStatus.HostStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings a runtime to exactly the hosts that were read. */
final class NodeHosts {
    private final ContainerRuntime runtime;

    NodeHosts(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Configures what is listed and takes back what isn't. An entry that can't be used keeps what the node has for its host: a mistake in the
     * file is no wish to remove.
     *
     * @return what is listed, and what could not be taken back, by name
     */
    List<HostStatus> apply(Hosts wanted) {
        List<HostStatus> statuses = new ArrayList<>();
        for (RegistryHost host : wanted.hosts()) {
            statuses.add(HostStatus.of(host.name().text(), runtime.configure(host)));
        }
        for (Refused refused : wanted.refused()) {
            statuses.add(HostStatus.of(refused.text(), new HostOutcome.Failed(refused.why())));
        }
        statuses.addAll(removeAllBut(kept(wanted)));
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

    private static Set<HostName> kept(Hosts wanted) {
        return Stream.concat(
                        wanted.hosts().stream().map(RegistryHost::name),
                        wanted.refused().stream().flatMap(refused -> refused.host().stream()))
                .collect(Collectors.toSet());
    }
}
