package dev.berth.registry.node;

import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import java.util.List;
import java.util.Optional;

/** What the hosts file said when it was read. */
sealed interface HostsReading {
    /**
     * A list of hosts; entries that can't be used stand apart, so that one of them doesn't keep the others from working.
     *
     * @param shard which part of the whole list it is
     */
    record Hosts(Shard shard, List<RegistryHost> hosts, List<Refused> refused) implements HostsReading {
        public Hosts {
            hosts = List.copyOf(hosts);
            refused = List.copyOf(refused);
        }
    }

    /** The file is not there, or not a list of hosts: nothing follows from it, and what was read last still holds. */
    record Nothing(String why) implements HostsReading {}

    /**
     * An entry that can't be used.
     *
     * @param host its name, where that much of it is right: what the node has for that host stays
     */
    record Refused(String text, Optional<HostName> host, String why) {}
}
