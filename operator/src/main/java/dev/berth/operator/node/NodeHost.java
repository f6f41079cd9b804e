package dev.berth.operator.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the hosts file, as agents read it.
 *
 * @param name what goes before an image's name
 * @param endpoint the Service's ClusterIP, which nodes reach though they have no cluster DNS
 * @param ca certificates that vouch for it, PEM
 * @param mirror of an upstream's host: the mirror, as `namespace/name`; null for a registry's own
 */
@JsonPropertyOrder({"name", "endpoint", "ca", "mirror"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record NodeHost(
        String name, String endpoint, String ca, @Nullable String mirror) implements Comparable<NodeHost> {

    /** All entries share one ConfigMap of at most 1 MiB; a chain of certificates is a tenth of this. */
    static final int LONGEST_CA = 32 * 1024;

    static NodeHost at(String name, String clusterIp, String ca) {
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

    @Override
    public int compareTo(NodeHost other) {
        return name.compareTo(other.name);
    }
}
