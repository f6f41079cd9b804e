package dev.berth.registry.node;

import dev.berth.registry.node.preload.PreloadList;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import java.util.List;
import java.util.Optional;

/** The result of reading a hosts file. */
sealed interface HostsReading {
    /**
     * A list of hosts. Entries that can't be used are separate, so that they don't affect the others.
     *
     * @param shard which part of the whole list the file is
     * @param preloads those of these hosts whose images nodes pull in advance
     */
    record Hosts(Shard shard, List<RegistryHost> hosts, List<Refused> refused, List<PreloadList> preloads)
            implements HostsReading {
        public Hosts {
            hosts = List.copyOf(hosts);
            refused = List.copyOf(refused);
            preloads = List.copyOf(preloads);
        }
    }

    /** The file does not exist or is no list of hosts. The version that was read last still holds. */
    record Nothing(String why) implements HostsReading {}

    /**
     * An entry that can't be used.
     *
     * @param host the name of the host if it is valid; the node keeps its files for this host
     */
    record Refused(String text, Optional<HostName> host, String why) {}
}
