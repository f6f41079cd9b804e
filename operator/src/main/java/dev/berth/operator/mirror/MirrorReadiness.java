package dev.berth.operator.mirror;

import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Ready;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.protocol.status.MirrorReport;
import dev.berth.v1alpha1.Condition;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.ImageMirrorSpec.Mode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Decides whether the images of a mirror are served. The first obstacle that is present makes the verdict. Pure. */
final class MirrorReadiness {
    private static final List<Function<MirrorSeen, Optional<Verdict>>> OBSTACLES = List.of(
            MirrorReadiness::withoutRegistry,
            MirrorReadiness::upstreamTaken,
            seen -> seen.inputs().refusal(),
            seen -> SelectionCheck.refusal(seen.mirror()).map(Verdict.class::cast),
            MirrorReadiness::registryNotReady,
            MirrorReadiness::unknownToTheServer,
            MirrorReadiness::paused,
            MirrorReadiness::neverCopied);

    private MirrorReadiness() {}

    static Verdict of(MirrorSeen seen) {
        return OBSTACLES.stream()
                .flatMap(obstacle -> obstacle.apply(seen).stream())
                .findFirst()
                .orElseGet(() -> new Ready(MirrorReasons.MIRRORING, places(seen.mirror())));
    }

    private static Optional<Verdict> withoutRegistry(MirrorSeen seen) {
        var name = seen.mirror().getSpec().registryRef().name();
        return seen.registry().isPresent()
                ? Optional.empty()
                : Optional.of(new InProgress(
                        MirrorReasons.REGISTRY_NOT_FOUND,
                        "the Registry " + name
                                + " that spec.registryRef names does not exist in this namespace; create it, or"
                                + " name one of those that do: kubectl get registries"));
    }

    private static Optional<Verdict> upstreamTaken(MirrorSeen seen) {
        var spec = seen.mirror().getSpec();
        return seen.rival()
                .map(rival -> new Stalled(
                        MirrorReasons.UPSTREAM_TAKEN,
                        "the older ImageMirror " + rival.getMetadata().getName() + " mirrors "
                                + spec.upstream().host() + " in Registry "
                                + spec.registryRef().name()
                                + " already; move this spec into that ImageMirror, or delete one of them"));
    }

    private static Optional<Verdict> registryNotReady(MirrorSeen seen) {
        var ready = seen.registry()
                .flatMap(registry -> Optional.ofNullable(registry.getStatus()))
                .flatMap(status -> status.condition(Kstatus.READY));
        if (ready.filter(Condition::holds).isPresent()) {
            return Optional.empty();
        }
        var why = ready.map(Condition::message).orElse("the operator has not looked at it yet");
        return Optional.of(new InProgress(
                MirrorReasons.REGISTRY_NOT_READY,
                "Registry " + seen.mirror().getSpec().registryRef().name() + " is not ready: " + why));
    }

    /** A server that served the mirror before and does not answer in time is assumed to serve it still. */
    private static Optional<Verdict> unknownToTheServer(MirrorSeen seen) {
        var served =
                seen.before().condition(Kstatus.READY).filter(Condition::holds).isPresent();
        return seen.reported().isPresent() || (served && seen.answered().isEmpty())
                ? Optional.empty()
                : Optional.of(new InProgress(
                        MirrorReasons.CONFIGURING,
                        "the server of Registry "
                                + seen.mirror().getSpec().registryRef().name()
                                + " has not loaded the configuration of this mirror yet"));
    }

    private static Optional<Verdict> paused(MirrorSeen seen) {
        return seen.mirror().getSpec().paused()
                ? Optional.of(new Ready(
                        MirrorReasons.PAUSED,
                        places(seen.mirror()) + "; while spec.paused is true, nothing new is fetched"))
                : Optional.empty();
    }

    /** A scheduled mirror is ready after its first complete copy. */
    private static Optional<Verdict> neverCopied(MirrorSeen seen) {
        if (seen.mirror().getSpec().mode() != Mode.SCHEDULED
                || seen.before().lastSuccessfulSyncTime() != null
                || seen.reported()
                        .flatMap(MirrorReport::sync)
                        .flatMap(MirrorReport.Sync::lastSuccess)
                        .isPresent()) {
            return Optional.empty();
        }
        var failures = seen.reported().map(MirrorReport::failures).orElse(List.of());
        return Optional.of(new InProgress(
                MirrorReasons.SYNCING,
                failures.isEmpty()
                        ? "the first copy is in progress"
                        : "the first copy is not complete yet: "
                                + failures.getFirst().image() + ": "
                                + failures.getFirst().message()));
    }

    private static String places(ImageMirror mirror) {
        var host = mirror.getSpec().upstream().host();
        return host + "/<repository> is at " + mirror.getSpec().registryRef().name() + "."
                + mirror.getMetadata().getNamespace() + ".svc/" + Rivals.folderOf(host) + "/<repository>";
    }
}
