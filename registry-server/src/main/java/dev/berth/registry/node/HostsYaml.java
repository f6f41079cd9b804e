package dev.berth.registry.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.berth.registry.node.HostsReading.Refused;
import dev.berth.registry.node.RegistryHost.FallBack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A hosts file, as the operator writes it: `shard`, `shards` and `sequence` say which part of the list it is (absent: all of it), `hosts: [{name, endpoint, ca}]`, `ca` being PEM and absent where a node's own authorities vouch,
 * and `mirrors`, absent or a list of the same, with the hosts of others that a registry stands in for.
 * Keys that aren't known are passed over: an operator may be newer than its agents for as long as a rollout takes.
 */
final class HostsYaml {
    private static final YAMLMapper YAML = new YAMLMapper();

    private HostsYaml() {}

    static HostsReading read(byte[] bytes) {
        try {
            JsonNode file = YAML.readTree(bytes);
            return file.path("hosts").isArray()
                    ? shard(file)
                            .map(shard -> entries(shard, file))
                            .orElse(new HostsReading.Nothing(
                                    "the hosts file does not say which part of the list it is"))
                    : new HostsReading.Nothing("the hosts file has no list named hosts");
        } catch (JsonProcessingException e) {
            return new HostsReading.Nothing("the hosts file is not YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            return new HostsReading.Nothing("the hosts file can't be read: " + e.getMessage());
        }
    }

    private static Optional<Shard> shard(JsonNode file) {
        if (!file.has("shards")) {
            return Optional.of(Shard.WHOLE);
        }
        int count = file.path("shards").asInt(0);
        int number = file.path("shard").asInt(-1);
        long sequence = file.path("sequence").asLong(0);
        boolean understood = 0 <= number && number < count && count <= Shard.MOST && sequence > 0;
        return understood ? Optional.of(new Shard(number, count, sequence)) : Optional.empty();
    }

    private static HostsReading entries(Shard shard, JsonNode file) {
        Map<HostName, RegistryHost> hosts = new LinkedHashMap<>();
        List<Refused> refused = new ArrayList<>();
        file.path("hosts").forEach(entry -> read(entry, FallBack.NONE, hosts, refused));
        file.path("mirrors").forEach(entry -> read(entry, FallBack.UPSTREAM, hosts, refused));
        return new HostsReading.Hosts(shard, List.copyOf(hosts.values()), refused);
    }

    private static void read(
            JsonNode entry, FallBack fallBack, Map<HostName, RegistryHost> hosts, List<Refused> refused) {
        String name = entry.path("name").asText("");
        try {
            RegistryHost host = host(entry, fallBack);
            if (hosts.putIfAbsent(host.name(), host) != null) {
                refused.add(new Refused(name, Optional.of(host.name()), "it is listed twice; the first entry holds"));
            }
        } catch (InvalidHost e) {
            Optional<HostName> known = HostName.accepts(name) ? Optional.of(new HostName(name)) : Optional.empty();
            refused.add(new Refused(name, known, String.valueOf(e.getMessage())));
        }
    }

    private static RegistryHost host(JsonNode entry, FallBack fallBack) {
        return new RegistryHost(
                new HostName(entry.path("name").asText("")),
                Endpoint.parse(entry.path("endpoint").asText("")),
                entry.hasNonNull("ca")
                        ? Optional.of(new CertificateBundle(entry.path("ca").asText("")))
                        : Optional.empty(),
                fallBack);
    }
}
