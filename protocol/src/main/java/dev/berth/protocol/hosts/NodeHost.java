package dev.berth.protocol.hosts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the list of hosts. It may have been read from any file, so whoever uses it has to check its texts.
 *
 * @param name the host in image names
 * @param endpoint the URL by which nodes, which have no cluster DNS, connect
 * @param ca the certificate authority, PEM; empty if nodes trust the issuer already
 * @param mirror the ImageMirror, as `namespace/name`, of an upstream's host; empty for a Registry's own host
 * @param preload images of the host that nodes pull before a pod needs them; empty for none
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record NodeHost(
        String name, String endpoint, Optional<String> ca, Optional<String> mirror, Optional<Preload> preload)
        implements Comparable<NodeHost> {
    /** Hundreds of entries share one ConfigMap of at most 1 MiB; a chain of certificates is a tenth of this. */
    public static final int LONGEST_CA = 32 * 1024;

    public NodeHost {
        name = text(name);
        endpoint = text(endpoint);
        preload = preload.filter(list -> !list.images().isEmpty());
    }

    /** A registry's own host. */
    public static NodeHost at(String name, String clusterIp, Optional<String> ca) {
        var host = clusterIp.contains(":") ? "[" + clusterIp + "]" : clusterIp;
        return new NodeHost(name, "https://" + host, ca, Optional.empty(), Optional.empty());
    }

    /** The same registry under the name of an upstream that it mirrors. It preloads nothing, because images to preload belong to one name. */
    public NodeHost inPlaceOf(String upstream, String byMirror) {
        return new NodeHost(upstream, endpoint, ca, Optional.of(byMirror), Optional.empty());
    }

    /** A copy of this host that also names images which nodes pull in advance. */
    public NodeHost preloading(Optional<Preload> images) {
        return new NodeHost(name, endpoint, ca, mirror, images);
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
