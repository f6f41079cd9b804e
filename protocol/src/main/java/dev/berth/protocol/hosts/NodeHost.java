package dev.berth.protocol.hosts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the list of hosts. What it was read from may have been anything: its reader checks what the texts are.
 *
 * @param name what goes before an image's name
 * @param endpoint the Service's ClusterIP, which nodes reach though they have no cluster DNS
 * @param ca certificates that vouch for it, PEM; empty where the authorities do that a node trusts anyway
 * @param mirror of an upstream's host: the mirror, as `namespace/name`; empty for a registry's own
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record NodeHost(String name, String endpoint, Optional<String> ca, Optional<String> mirror)
        implements Comparable<NodeHost> {

    /** Hundreds of entries share one ConfigMap of at most 1 MiB; a chain of certificates is a tenth of this. */
    public static final int LONGEST_CA = 32 * 1024;

    public NodeHost {
        name = text(name);
        endpoint = text(endpoint);
    }

    /** A registry's own host. */
    public static NodeHost at(String name, String clusterIp, Optional<String> ca) {
        var host = clusterIp.contains(":") ? "[" + clusterIp + "]" : clusterIp;
        return new NodeHost(name, "https://" + host, ca, Optional.empty());
    }

    /** The same registry under the name of an upstream that it mirrors. */
    public NodeHost inPlaceOf(String upstream, String byMirror) {
        return new NodeHost(upstream, endpoint, ca, Optional.of(byMirror));
    }

    public boolean caTooLong() {
        return ca.isPresent() && ca.get().length() > LONGEST_CA;
    }

    /** An item of a YAML list. */
    public String yaml() {
        return HostsYaml.write(List.of(this));
    }

    @Override
    public int compareTo(NodeHost other) {
        return name.compareTo(other.name);
    }

    private static String text(@Nullable String read) {
        return read == null ? "" : read;
    }
}
