package dev.berth.protocol.hosts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.protocol.document.DocumentReader;
import dev.berth.protocol.document.NoObject;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The list of hosts, or one part of it, as a YAML file. Registries that nodes ask in place of an upstream are in a
 * list of their own, `mirrors`: for these a node falls back to the upstream.
 *
 * @param shard the number of this part, from 0
 * @param shards how many parts there are; empty in a file with the whole list
 * @param sequence the number of the write that made the file, greater with each write; 0 for a file written by hand
 * @param hosts Registries under their own names
 * @param mirrors Registries in place of upstreams
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record HostsDocument(
        Optional<Integer> shard,
        Optional<Integer> shards,
        long sequence,
        List<NodeHost> hosts,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NodeHost> mirrors) {
    /** The most parts that are read. No operator writes as many, and an agent's report has a number for each. */
    public static final int MOST_SHARDS = 1024;

    /** The longest text that a ConfigMap can hold. */
    private static final int LONGEST_TEXT = 1 << 20;

    private static final NodeHost UNREADABLE =
            new NodeHost("", "", Optional.empty(), Optional.empty(), Optional.empty());

    private static final class Reading {
        static final DocumentReader YAML = DocumentReader.yaml(LONGEST_TEXT);
    }

    public HostsDocument {
        hosts = entries(hosts);
        mirrors = entries(mirrors);
    }

    /**
     * Reads a file of any version. An entry that cannot be read becomes one without a name.
     *
     * @throws InvalidHosts if it is not a list of hosts
     */
    public static HostsDocument read(byte[] yaml) throws InvalidHosts {
        try {
            var file = Reading.YAML.object(yaml);
            if (!file.path("hosts").isArray()) {
                throw new InvalidHosts("the hosts file has no list named hosts");
            }
            requirePosition(file);
            return Reading.YAML.read(file, HostsDocument.class);
        } catch (InvalidHosts e) {
            throw e;
        } catch (NoObject e) {
            throw new InvalidHosts("the hosts file has no list named hosts");
        } catch (JsonProcessingException e) {
            throw new InvalidHosts("the hosts file is not YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new InvalidHosts("the hosts file can't be read: " + e.getMessage());
        }
    }

    /** The file. */
    public String yaml() {
        return HostsYaml.START + HostsYaml.write(this);
    }

    private static void requirePosition(ObjectNode file) throws InvalidHosts {
        if (file.has("shards")
                && !(file.path("shards").isInt() && file.path("shard").isInt())) {
            throw new InvalidHosts("the hosts file does not say which part of the list it is");
        }
        if (file.has("sequence") && !file.path("sequence").isIntegralNumber()) {
            throw new InvalidHosts("the hosts file does not say by which write it was made");
        }
    }

    private static List<NodeHost> entries(@Nullable List<@Nullable NodeHost> read) {
        return read == null
                ? List.of()
                : read.stream()
                        .map(host -> Objects.requireNonNullElse(host, UNREADABLE))
                        .toList();
    }
}
