package dev.berth.operator.node;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One entry of the hosts file, as agents read it.
 *
 * @param name what goes before an image's name
 * @param endpoint the Service's ClusterIP, which nodes reach though they have no cluster DNS
 * @param ca certificates that vouch for it, PEM
 */
@JsonPropertyOrder({"name", "endpoint", "ca"})
record NodeHost(String name, String endpoint, String ca) implements Comparable<NodeHost> {

    /** All entries share one ConfigMap of at most 1 MiB; a chain of certificates is a tenth of this. */
    static final int LONGEST_CA = 32 * 1024;

    static NodeHost at(String name, String clusterIp, String ca) {
        String host = clusterIp.contains(":") ? "[" + clusterIp + "]" : clusterIp;
        return new NodeHost(name, "https://" + host, ca);
    }

    @Override
    public int compareTo(NodeHost other) {
        return name.compareTo(other.name);
    }
}
