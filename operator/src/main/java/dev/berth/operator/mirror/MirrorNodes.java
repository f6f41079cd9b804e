package dev.berth.operator.mirror;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.node.MirrorHost;
import dev.berth.operator.node.NodesFeature;
import dev.berth.operator.node.NodesFound;
import dev.berth.operator.node.Preloads;
import dev.berth.protocol.name.ClusterName;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;

/** The mirrors in the nodes' list of hosts, and their conditions `NodesConfigured` and `Preloaded`. */
public final class MirrorNodes {
    private final NodesFeature nodes;

    public MirrorNodes(NodesFeature nodes) {
        this.nodes = nodes;
    }

    /** The upstreams that nodes ask a Registry for. Of two mirrors of one upstream the older one counts. */
    public static List<MirrorHost> wanted(Context<Registry> context) {
        return Rivals.winners(RegistryMirrors.all(context)).stream()
                .filter(mirror -> mirror.getSpec().nodes().enabled())
                .filter(mirror -> refusal(mirror).isEmpty())
                .map(MirrorNodes::host)
                .toList();
    }

    /** How far the nodes are with a mirror. It is empty until the operator has read the nodes after its start; the conditions do not change until then. */
    Optional<NodesFound> of(MirrorSeen seen) {
        var mirror = seen.mirror();
        return refusal(mirror)
                .filter(why -> mirror.getSpec().nodes().enabled())
                .map(why -> new NodesFound(findings(mirror, why), Optional.empty()))
                .or(() -> nodes.of(host(mirror), mirror.getSpec().nodes().enabled()));
    }

    private static List<Finding> findings(ImageMirror mirror, Finding refusal) {
        return mirror.getSpec().nodes().preload().isEmpty()
                ? List.of(refusal)
                : List.of(
                        refusal,
                        Finding.fails(
                                NodesFeature.PRELOADED,
                                refusal.reason(),
                                "nodes are not configured for this mirror; see the condition NodesConfigured"));
    }

    /** Why nodes are never told of a mirror; empty if they may be. */
    private static Optional<Finding> refusal(ImageMirror mirror) {
        var host = mirror.getSpec().upstream().host();
        if (ClusterName.is(host)) {
            return Optional.of(Finding.fails(
                    NodesFeature.CONDITION,
                    MirrorReasons.CLUSTER_NAME,
                    host
                            + " is a Service of this cluster, and on nodes its name belongs to the Registry that runs there;"
                            + " set spec.nodes.enabled to false"));
        }
        return isPrivate(mirror)
                ? Optional.of(Finding.fails(
                        NodesFeature.CONDITION,
                        MirrorReasons.PRIVATE_IMAGES,
                        "nodes have no password for this mirror, which stores private images, so they still pull from "
                                + host + " itself; to change that, read the description of"
                                + " spec.servePrivateImagesToAnyone"))
                : Optional.empty();
    }

    /** Whether its images are served only to users whom the access rules of the Registry allow it. */
    private static boolean isPrivate(ImageMirror mirror) {
        return mirror.getSpec().upstream().credentialsSecretRef() != null
                && !mirror.getSpec().servePrivateImagesToAnyone();
    }

    private static MirrorHost host(ImageMirror mirror) {
        var nodes = mirror.getSpec().nodes();
        return new MirrorHost(
                mirror.getSpec().upstream().host(),
                MirrorEntry.nameOf(mirror),
                MirrorWatches.namesOf(mirror),
                Preloads.of(nodes.preload(), nodes.selector()));
    }
}
