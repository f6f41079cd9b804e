package dev.berth.operator.node;

import dev.berth.operator.registry.RegistryNames;
import dev.berth.protocol.hosts.NodeHost;
import java.util.Optional;

/**
 * An upstream whose images nodes are to ask a registry for, before the upstream itself.
 *
 * @param upstream what goes before its images' names, such as `docker.io`
 * @param mirror who wants that, as `namespace/name`
 * @param registry that is asked
 */
public record MirrorHost(String upstream, String mirror, RegistryNames registry) {

    /** Whether an entry of the list of hosts stands there because of this. */
    boolean isBy(NodeHost entry) {
        return entry.name().equals(upstream) && entry.mirror().equals(Optional.of(mirror));
    }
}
