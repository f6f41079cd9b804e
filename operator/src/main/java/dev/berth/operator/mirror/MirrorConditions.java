package dev.berth.operator.mirror;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.resource.WatchedNamespaces;
import dev.berth.protocol.status.MirrorReport;
import dev.berth.v1alpha1.ImageMirror;
import java.util.Optional;

/**
 * The conditions of a mirror besides those of kstatus and of nodes. Those that follow from the report of its server stay as they are while the
 * server does not answer. Pure.
 */
final class MirrorConditions {
    /** Whether the upstream answers. */
    static final String UPSTREAM_REACHABLE = "UpstreamReachable";

    /** Whether the mirror stores as much as `spec.quota` allows. */
    static final String QUOTA_REACHED = "QuotaReached";

    /** Whether `spec.prune` deletes images. */
    static final String PRUNING = "Pruning";

    private MirrorConditions() {}

    /** Whether the operator sees the pods of the cluster. Only then it knows which images are still used. */
    static boolean canPrune(WatchedNamespaces watched) {
        return !watched.areLimited();
    }

    /** The condition `Pruning`, which a mirror has only if its spec asks to prune and the operator cannot. */
    static Optional<Finding> pruning(ImageMirror mirror, WatchedNamespaces watched) {
        return canPrune(watched) || !mirror.getSpec().prune()
                ? Optional.empty()
                : Optional.of(Finding.fails(
                        PRUNING,
                        MirrorReasons.PODS_UNKNOWN,
                        "spec.prune deletes nothing: the operator is limited to some namespaces (BERTH_WATCH_NAMESPACES), so it"
                                + " does not see which images pods in others use; set spec.prune to false and delete tags"
                                + " yourself, or ask for an operator that watches the whole cluster"));
    }

    /** The condition `UpstreamReachable`, in the words of the server. */
    static Optional<Finding> upstreamReachable(MirrorSeen seen) {
        var host = seen.mirror().getSpec().upstream().host();
        return seen.reported().map(report -> upstreamReachable(report, host));
    }

    private static Finding upstreamReachable(MirrorReport report, String host) {
        if (report.reachable().isEmpty()) {
            return Finding.unknown(
                    UPSTREAM_REACHABLE, MirrorReasons.NOT_ASKED, "the server has sent no request to " + host + " yet");
        }
        if (report.reachable().get()) {
            return Finding.holds(UPSTREAM_REACHABLE, MirrorReasons.ANSWERS, host + " answers");
        }
        return Finding.fails(
                UPSTREAM_REACHABLE,
                report.reason().matches("[A-Za-z]{1,64}") ? report.reason() : "Unreachable",
                report.message().isEmpty() ? host + " does not answer" : report.message());
    }

    /** The condition `QuotaReached`; empty for a mirror without a quota. */
    static Optional<Finding> quotaReached(MirrorSeen seen) {
        return Optional.ofNullable(seen.mirror().getSpec().quota())
                .flatMap(quota -> seen.reported()
                        .map(report -> report.full()
                                ? Finding.holds(
                                        QUOTA_REACHED,
                                        MirrorReasons.QUOTA_REACHED,
                                        "the mirror stores the " + quota.size()
                                                + " that spec.quota.size allows: it fetches nothing new and serves what it"
                                                + " stores; raise spec.quota.size or delete images")
                                : Finding.fails(
                                        QUOTA_REACHED,
                                        MirrorReasons.WITHIN_QUOTA,
                                        "the mirror may store up to " + quota.size())));
    }
}
