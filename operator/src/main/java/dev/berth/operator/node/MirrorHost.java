package dev.berth.operator.node;

import dev.berth.operator.naming.RegistryNames;
import dev.berth.protocol.hosts.NodeHost;
import dev.berth.protocol.hosts.Preload;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;

/**
 * An upstream for whose images nodes ask a Registry before they ask the upstream itself.
 *
 * @param upstream the host in image names, such as `docker.io`
 * @param mirror the ImageMirror, as `namespace/name`
 * @param registry that nodes ask
 * @param preload images of the upstream that nodes pull in advance, if the namespace is trusted with that
 */
public record MirrorHost(String upstream, String mirror, RegistryNames registry, Optional<Preload> preload) {
    /** Knows which upstreams nodes ask Registries for. The `mirror` package implements it, and `main` hands it over. */
    @FunctionalInterface
    public interface Source {
        /** The mirrors of the whole cluster. Of two for one upstream, the first one counts. */
        List<MirrorHost> wanted(Context<Registry> context);
    }

    /** Whether an entry of the list of hosts is there because of this mirror. */
    boolean isBy(NodeHost entry) {
        return entry.name().equals(upstream) && entry.mirror().equals(Optional.of(mirror));
    }
}
