package dev.berth.operator.registry;

import static dev.berth.operator.child.RegistryReasons.IMAGE_UNAVAILABLE;
import static dev.berth.operator.child.RegistryReasons.ROLLING_OUT;
import static dev.berth.operator.child.RegistryReasons.SERVER_CRASHING;
import static dev.berth.operator.child.RegistryReasons.SERVING;
import static dev.berth.operator.child.RegistryReasons.STARTING;
import static dev.berth.operator.child.RegistryReasons.UNSCHEDULABLE;
import static dev.berth.operator.child.RegistryReasons.VOLUME_PENDING;

import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Ready;
import dev.berth.operator.naming.RegistryNames;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Decides whether clients can push to and pull from a Registry. The first obstacle that is present makes the verdict. Pure. */
final class Readiness {
    private static final Set<String> NO_IMAGE =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");

    private static final List<Function<Observed, Optional<Verdict>>> OBSTACLES = List.of(
            Readiness::troubleApplying,
            Readiness::noDefaultStorageClass,
            Readiness::imageUnavailable,
            Readiness::serverCrashing,
            Readiness::unschedulable,
            Readiness::volumePending,
            Readiness::rollingOut,
            Readiness::notReadyYet);

    private Readiness() {}

    static Verdict of(Observed observed) {
        return OBSTACLES.stream()
                .flatMap(obstacle -> obstacle.apply(observed).stream())
                .findFirst()
                .orElseGet(() -> new Ready(
                        SERVING,
                        "push and pull as "
                                + RegistryNames.of(observed.registry()).address() + "/<repository>:<tag>"));
    }

    private static Optional<Verdict> troubleApplying(Observed observed) {
        return observed.troubles().stream()
                .map(trouble -> (Verdict) new InProgress(trouble.reason(), trouble.message()))
                .findFirst();
    }

    /** The API server sets the default class if there is one, so a pending claim without a class waits for one. */
    private static Optional<Verdict> noDefaultStorageClass(Observed observed) {
        return observed.volume()
                .filter(Readiness::isPending)
                .filter(claim -> claim.getSpec().getStorageClassName() == null)
                .map(claim -> new InProgress(
                        VOLUME_PENDING,
                        "the cluster has no default StorageClass; name one in"
                                + " spec.storage.persistentVolumeClaim.storageClassName"));
    }

    private static Optional<Verdict> imageUnavailable(Observed observed) {
        return waiting(observed)
                .filter(state -> NO_IMAGE.contains(state.getReason()))
                .map(state -> new InProgress(
                        IMAGE_UNAVAILABLE,
                        "the node cannot pull the server's image: "
                                + Objects.requireNonNullElse(state.getMessage(), "no reason given")));
    }

    private static Optional<Verdict> serverCrashing(Observed observed) {
        return waiting(observed)
                .filter(state -> "CrashLoopBackOff".equals(state.getReason()))
                .map(state -> new InProgress(
                        SERVER_CRASHING,
                        "the server's container keeps crashing; to see why: kubectl logs "
                                + RegistryNames.of(observed.registry()).pod() + " --previous"));
    }

    private static Optional<Verdict> unschedulable(Observed observed) {
        return observed.pod()
                .flatMap(pod -> pod.getStatus().getConditions().stream()
                        .filter(condition -> "PodScheduled".equals(condition.getType()))
                        .filter(condition -> "Unschedulable".equals(condition.getReason()))
                        .findFirst())
                .map(condition -> new InProgress(
                        UNSCHEDULABLE, "the scheduler finds no node for the server's Pod: " + condition.getMessage()));
    }

    private static Optional<Verdict> volumePending(Observed observed) {
        return observed.volume()
                .filter(claim -> isPending(claim) && observed.pod().isPresent())
                .map(claim -> new InProgress(
                        VOLUME_PENDING,
                        "the volume is not bound yet; to see what it waits for: kubectl describe pvc "
                                + claim.getMetadata().getName()));
    }

    /** Whether a server is ready and has the template that the StatefulSet has now. */
    static boolean isRolledOut(Observed observed) {
        return observed.server()
                .filter(set -> readyReplicas(set) > 0)
                .filter(Readiness::isCurrent)
                .isPresent();
    }

    private static boolean isCurrent(StatefulSet set) {
        return Objects.equals(set.getMetadata().getGeneration(), set.getStatus().getObservedGeneration())
                && Objects.equals(
                        set.getStatus().getCurrentRevision(), set.getStatus().getUpdateRevision());
    }

    private static Optional<Verdict> rollingOut(Observed observed) {
        return observed.server()
                .filter(set -> readyReplicas(set) > 0)
                .filter(set -> !isCurrent(set))
                .map(set -> new InProgress(ROLLING_OUT, "the server's Pod is being replaced"));
    }

    private static Optional<Verdict> notReadyYet(Observed observed) {
        return observed.server().filter(set -> readyReplicas(set) > 0).isPresent()
                ? Optional.empty()
                : Optional.of(new InProgress(STARTING, "the server is starting"));
    }

    private static int readyReplicas(StatefulSet set) {
        var status = set.getStatus();
        return status == null || status.getReadyReplicas() == null ? 0 : status.getReadyReplicas();
    }

    private static boolean isPending(PersistentVolumeClaim claim) {
        return claim.getStatus() != null && "Pending".equals(claim.getStatus().getPhase());
    }

    private static Optional<ContainerStateWaiting> waiting(Observed observed) {
        return observed.pod()
                .map(Pod::getStatus)
                .flatMap(status -> status.getContainerStatuses().stream()
                        .map(ContainerStatus::getState)
                        .filter(Objects::nonNull)
                        .map(state -> state.getWaiting())
                        .filter(Objects::nonNull)
                        .findFirst());
    }
}
