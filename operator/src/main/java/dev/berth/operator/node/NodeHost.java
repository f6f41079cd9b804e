package dev.berth.operator.node;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the list of hosts, as agents read it.
 *
 * @param name what goes before an image's name
 * @param endpoint the Service's ClusterIP, which nodes reach though they have no cluster DNS
 * @param ca certificates that vouch for it, PEM; null where the authorities do that a node trusts anyway
 * @param mirror of an upstream's host: the mirror, as `namespace/name`; null for a registry's own
 */
@JsonPropertyOrder({"name", "endpoint", "ca", "mirror"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record NodeHost(
        String name,
        String endpoint,
        @Nullable String ca,
        @Nullable String mirror) implements Comparable<NodeHost> {

    /** Hundreds of entries share one ConfigMap of at most 1 MiB; a chain of certificates is a tenth of this. */
    static final int LONGEST_CA = 32 * 1024;

    private static final String DOCUMENT_START = "---\n";

    static NodeHost at(String name, String clusterIp, @Nullable String ca) {
        String host = clusterIp.contains(":") ? "[" + clusterIp + "]" : clusterIp;
        return new NodeHost(name, "https://" + host, ca, null);
    }

    /** The registry that this is about, under the name of an upstream. */
    NodeHost inPlaceOf(MirrorHost host) {
        return new NodeHost(host.upstream(), endpoint, ca, host.mirror());
    }

    boolean isOf(MirrorHost host) {
        return name.equals(host.upstream()) && host.mirror().equals(mirror);
    }

    boolean caTooLong() {
        return ca != null && ca.length() > LONGEST_CA;
    }

    /** An item of a YAML list. */
    String yaml() {
        return Serialization.asYaml(List.of(this)).substring(DOCUMENT_START.length());
    }

    @Override
    public int compareTo(NodeHost other) {
        return name.compareTo(other.name);
    }
}
