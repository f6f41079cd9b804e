package dev.berth.operator.mirror;

import dev.berth.operator.condition.Conditions;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.node.NodesFeature;
import dev.berth.operator.node.NodesFound;
import dev.berth.operator.resource.ConditionEvent;
import dev.berth.operator.resource.RoundedBytes;
import dev.berth.protocol.status.MirrorReport;
import dev.berth.v1alpha1.ImageMirrorStatus;
import dev.berth.v1alpha1.ImageMirrorStatus.Counts;
import dev.berth.v1alpha1.ImageMirrorStatus.Failure;
import dev.berth.v1alpha1.ImageMirrorStatus.Sync;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the status of an ImageMirror. Pure: the same observation gives the same status, so an unchanged status is not written again. */
final class MirrorStatus {
    private static final int MOST_FAILURES = 10;

    /** Conditions that are removed when there is no finding about them. */
    private static final List<String> OVER = Stream.concat(
                    Kstatus.TYPES.stream(), Stream.of(MirrorConditions.QUOTA_REACHED, MirrorConditions.PRUNING))
            .toList();

    /** Those that are removed once the nodes were read. */
    private static final List<String> OVER_WITH_NODES =
            Stream.concat(OVER.stream(), Stream.of(NodesFeature.PRELOADED)).toList();

    /** The changes of conditions that become events. */
    static final List<ConditionEvent.Rule> EVENTS = List.of(
            ConditionEvent.onNewReason(Kstatus.READY, MirrorReasons.CALM),
            ConditionEvent.onNewReason(MirrorConditions.UPSTREAM_REACHABLE, Set.of(MirrorReasons.NOT_ASKED)));

    private MirrorStatus() {}

    /**
     * The status from the server's report, or with the former figures if there is no report.
     *
     * @param nodes empty while the nodes were not read since the start; then their conditions and numbers stay
     */
    static ImageMirrorStatus of(MirrorSeen seen, List<Finding> findings, Optional<NodesFound> nodes, Instant now) {
        var generation = seen.mirror().getMetadata().getGeneration();
        var before = seen.before();
        var all = Stream.concat(findings.stream(), nodes.stream().flatMap(found -> found.findings().stream()))
                .toList();
        var over = nodes.isPresent() ? OVER_WITH_NODES : OVER;
        var conditions = Conditions.of(before.conditions(), all, over, generation, now);
        var counts = nodes.isPresent() ? nodes.get().counts().orElse(null) : before.nodes();
        if (seen.reported().isEmpty()) {
            return new ImageMirrorStatus(
                    generation,
                    conditions,
                    before.lastSyncTime(),
                    before.lastSuccessfulSyncTime(),
                    before.sync(),
                    before.lastHandledSyncRequest(),
                    before.counts(),
                    before.failures(),
                    counts);
        }
        var report = seen.reported().get();
        var sync = report.sync();
        return new ImageMirrorStatus(
                generation,
                conditions,
                sync.flatMap(MirrorReport.Sync::started).orElse(before.lastSyncTime()),
                sync.flatMap(MirrorReport.Sync::lastSuccess).orElse(before.lastSuccessfulSyncTime()),
                sync.filter(s -> s.started().isPresent())
                        .map(MirrorStatus::progress)
                        .orElse(before.sync()),
                sync.map(MirrorReport.Sync::request)
                        .filter(request -> !request.isEmpty())
                        .orElse(before.lastHandledSyncRequest()),
                report.counts()
                        .map(stored -> new Counts(stored.repositories(), stored.tags()))
                        .orElse(before.counts()),
                report.failures().stream()
                        .limit(MOST_FAILURES)
                        .map(MirrorStatus::failure)
                        .toList(),
                counts);
    }

    private static Sync progress(MirrorReport.Sync sync) {
        @Nullable String speed = sync.running() ? RoundedBytes.text(sync.bytesPerSecond()) : null;
        return new Sync(sync.running(), sync.done(), sync.total(), RoundedBytes.text(sync.bytes()), speed);
    }

    private static Failure failure(MirrorReport.Failure failure) {
        return new Failure(
                failure.image(),
                failure.reason(),
                failure.message(),
                failure.nextTry().orElse(null));
    }
}
