package dev.berth.registry.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.berth.registry.node.HostsReading.Refused;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The hosts file, as the operator writes it: `hosts: [{name, endpoint, ca}]`, `ca` being PEM and absent where a node's own authorities vouch.
 * Keys that aren't known are passed over: an operator may be newer than its agents for as long as a rollout takes.
 */
final class HostsYaml {
    private static final YAMLMapper YAML = new YAMLMapper();

    private HostsYaml() {}

    static HostsReading read(byte[] bytes) {
        try {
            JsonNode hosts = YAML.readTree(bytes).path("hosts");
            return hosts.isArray()
                    ? entries(revision(bytes), hosts)
                    : new HostsReading.Nothing("the hosts file has no list named hosts");
        } catch (JsonProcessingException e) {
            return new HostsReading.Nothing("the hosts file is not YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            return new HostsReading.Nothing("the hosts file can't be read: " + e.getMessage());
        }
    }

    private static HostsReading entries(String revision, JsonNode entries) {
        List<RegistryHost> hosts = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        Set<HostName> names = new HashSet<>();
        for (JsonNode entry : entries) {
            String name = entry.path("name").asText("");
            try {
                RegistryHost host = host(entry);
                if (names.add(host.name())) {
                    hosts.add(host);
                } else {
                    refused.add(
                            new Refused(name, Optional.of(host.name()), "it is listed twice; the first entry holds"));
                }
            } catch (InvalidHost e) {
                Optional<HostName> known = HostName.accepts(name) ? Optional.of(new HostName(name)) : Optional.empty();
                refused.add(new Refused(name, known, String.valueOf(e.getMessage())));
            }
        }
        return new HostsReading.Hosts(revision, hosts, refused);
    }

    private static RegistryHost host(JsonNode entry) {
        return new RegistryHost(
                new HostName(entry.path("name").asText("")),
                Endpoint.parse(entry.path("endpoint").asText("")),
                entry.hasNonNull("ca")
                        ? Optional.of(new CertificateBundle(entry.path("ca").asText("")))
                        : Optional.empty());
    }

    private static String revision(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
