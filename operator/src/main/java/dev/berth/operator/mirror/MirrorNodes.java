package dev.berth.operator.mirror;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.node.MirrorHost;
import dev.berth.operator.node.NodesFeature;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;

/** The mirrors in the nodes' list of hosts, and their condition `NodesConfigured`. */
public final class MirrorNodes {
    private final NodesFeature nodes;

    public MirrorNodes(NodesFeature nodes) {
        this.nodes = nodes;
    }

    /** The upstreams that nodes ask a Registry for. Of two mirrors of one upstream the older one counts. */
    public static List<MirrorHost> wanted(Context<Registry> context) {
        return Rivals.winners(RegistryMirrors.all(context)).stream()
                .filter(mirror -> mirror.getSpec().nodes().enabled())
                .filter(mirror -> !isPrivate(mirror))
                .map(MirrorNodes::host)
                .toList();
    }

    /** The condition `NodesConfigured`; empty while the nodes were not read since the start, and then the condition stays as it was. */
    Optional<Finding> finding(MirrorSeen seen) {
        var mirror = seen.mirror();
        if (mirror.getSpec().nodes().enabled() && isPrivate(mirror)) {
            return Optional.of(Finding.fails(
                    NodesFeature.CONDITION,
                    MirrorReasons.PRIVATE_IMAGES,
                    "nodes have no password for this mirror, which stores private images, so they still pull from "
                            + mirror.getSpec().upstream().host()
                            + " itself; to change that, read the description of spec.servePrivateImagesToAnyone"));
        }
        return nodes.finding(host(mirror), mirror.getSpec().nodes().enabled());
    }

    /** Whether its images are served only to users whom the access rules of the Registry allow it. */
    private static boolean isPrivate(ImageMirror mirror) {
        return mirror.getSpec().upstream().credentialsSecretRef() != null
                && !mirror.getSpec().servePrivateImagesToAnyone();
    }

    private static MirrorHost host(ImageMirror mirror) {
        return new MirrorHost(
                mirror.getSpec().upstream().host(), MirrorEntry.nameOf(mirror), MirrorWatches.namesOf(mirror));
    }
}
