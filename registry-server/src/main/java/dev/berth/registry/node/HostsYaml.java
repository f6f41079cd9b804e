package dev.berth.registry.node;

import dev.berth.protocol.hosts.HostsDocument;
import dev.berth.protocol.hosts.InvalidHosts;
import dev.berth.protocol.hosts.NodeHost;
import dev.berth.protocol.name.ClusterName;
import dev.berth.registry.node.HostsReading.Refused;
import dev.berth.registry.node.preload.PreloadList;
import dev.berth.registry.node.runtime.CertificateBundle;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.InvalidHost;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses a hosts file ({@link HostsDocument}). Each entry is checked on its own: one that can't be used doesn't affect the others. */
final class HostsYaml {
    private HostsYaml() {}

    static HostsReading read(byte[] bytes) {
        try {
            var file = HostsDocument.read(bytes);
            return shard(file)
                    .map(shard -> entries(shard, file))
                    .orElse(new HostsReading.Nothing("the hosts file does not say which part of the list it is"));
        } catch (InvalidHosts e) {
            return new HostsReading.Nothing(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Shard> shard(HostsDocument file) {
        if (file.shards().isEmpty()) {
            return Optional.of(Shard.WHOLE);
        }
        int count = file.shards().get();
        int number = file.shard().orElse(-1);
        var understood = 0 <= number && number < count && count <= HostsDocument.MOST_SHARDS && file.sequence() > 0;
        return understood ? Optional.of(new Shard(number, count, file.sequence())) : Optional.empty();
    }

    private static HostsReading entries(Shard shard, HostsDocument file) {
        var hosts = new LinkedHashMap<HostName, RegistryHost>();
        var refused = new ArrayList<Refused>();
        var preloads = new ArrayList<PreloadList>();
        file.hosts().forEach(entry -> read(entry, FallBack.NONE, hosts, refused, preloads));
        file.mirrors().forEach(entry -> read(entry, FallBack.UPSTREAM, hosts, refused, preloads));
        return new HostsReading.Hosts(shard, List.copyOf(hosts.values()), refused, preloads);
    }

    private static void read(
            NodeHost entry,
            FallBack fallBack,
            Map<HostName, RegistryHost> hosts,
            List<Refused> refused,
            List<PreloadList> preloads) {
        var name = entry.name();
        if (fallBack == FallBack.UPSTREAM && ClusterName.is(name)) {
            refused.add(new Refused(name, Optional.empty(), "no mirror stands in for a Registry of this cluster"));
            return;
        }
        try {
            var host = host(entry, fallBack);
            if (hosts.putIfAbsent(host.name(), host) != null) {
                refused.add(new Refused(name, Optional.of(host.name()), "it is listed twice; the first entry holds"));
            } else {
                entry.preload().ifPresent(preload -> preloads.add(new PreloadList(host, preload)));
            }
        } catch (InvalidHost e) {
            Optional<HostName> known = HostName.accepts(name) ? Optional.of(new HostName(name)) : Optional.empty();
            refused.add(new Refused(name, known, String.valueOf(e.getMessage())));
        }
    }

    private static RegistryHost host(NodeHost entry, FallBack fallBack) {
        return new RegistryHost(
                new HostName(entry.name()),
                Endpoint.parse(entry.endpoint()),
                entry.ca().map(CertificateBundle::new),
                fallBack);
    }
}
