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
import java.util.ArrayList;
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
                .map(why -> new NodesFound(List.of(why), Optional.empty()))
                .or(() -> nodes.of(host(mirror), mirror.getSpec().nodes().enabled()))
                .map(found -> preloadsNothing(mirror) ? with(found, notPreloaded(mirror)) : found);
    }

    private static NodesFound with(NodesFound found, Finding more) {
        var findings = new ArrayList<>(found.findings());
        findings.add(more);
        return new NodesFound(findings, found.counts());
    }

    /** Whether the spec names images that nodes will not pull in advance. */
    private static boolean preloadsNothing(ImageMirror mirror) {
        return !mirror.getSpec().nodes().preload().isEmpty()
                && (isPrivate(mirror)
                        || (mirror.getSpec().nodes().enabled()
                                && refusal(mirror).isPresent()));
    }

    private static Finding notPreloaded(ImageMirror mirror) {
        return isPrivate(mirror)
                ? Finding.fails(
                        NodesFeature.PRELOADED,
                        MirrorReasons.PRIVATE_IMAGES,
                        "nodes pull in advance without a login, and this mirror stores private images; pods still pull"
                                + " them with their own login")
                : Finding.fails(
                        NodesFeature.PRELOADED,
                        MirrorReasons.CLUSTER_NAME,
                        "nodes are not configured for this mirror; see the condition NodesConfigured");
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
        return Optional.empty();
    }

    /** Whether its images are served only to users of the Registry and to pods whose own login may read them at the upstream. */
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
                isPrivate(mirror) ? Optional.empty() : Preloads.of(nodes.preload(), nodes.selector()));
    }
}
