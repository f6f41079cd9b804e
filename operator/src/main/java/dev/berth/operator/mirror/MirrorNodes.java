package dev.berth.operator.mirror;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.node.MirrorHost;
import dev.berth.operator.node.NodesFeature;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;

/** Mirrors that nodes are to be told about, and how far that got. */
public final class MirrorNodes {

    private final NodesFeature nodes;

    public MirrorNodes(NodesFeature nodes) {
        this.nodes = nodes;
    }

    /** Whom nodes are to ask in place of an upstream. An older mirror has its host's name before a younger one. */
    public static List<MirrorHost> wanted(Context<Registry> context) {
        return Rivals.winners(RegistryMirrors.all(context)).stream()
                .filter(mirror -> mirror.getSpec().nodes().enabled())
                .filter(mirror -> !isPrivate(mirror))
                .map(MirrorNodes::host)
                .toList();
    }

    /** The condition `NodesConfigured`; nothing new while that isn't known. */
    Optional<Finding> finding(MirrorSeen seen) {
        var mirror = seen.mirror();
        if (mirror.getSpec().nodes().enabled() && isPrivate(mirror)) {
            return Optional.of(Finding.fails(
                    NodesFeature.CONDITION,
                    MirrorReasons.PRIVATE_IMAGES,
                    "nodes have no password for this mirror, whose images needed one upstream, and go on asking "
                            + mirror.getSpec().upstream().host()
                            + " itself; spec.servePrivateImagesToAnyone tells what it would take"));
        }
        return nodes.finding(host(mirror), mirror.getSpec().nodes().enabled());
    }

    /** Whether its images are served to those only whom the registry's rules name. */
    private static boolean isPrivate(ImageMirror mirror) {
        return mirror.getSpec().upstream().credentialsSecretRef() != null
                && !mirror.getSpec().servePrivateImagesToAnyone();
    }

    private static MirrorHost host(ImageMirror mirror) {
        return new MirrorHost(
                mirror.getSpec().upstream().host(), MirrorEntry.nameOf(mirror), MirrorWatches.namesOf(mirror));
    }
}
