package dev.berth.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Ready;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry is said to be, by what is seen of it. */
final class ReadinessTest {
    private static final StatefulSet SERVING = set(1, "one");
    private static final StatefulSet STARTING = set(0, "one");
    private static final PersistentVolumeClaim BOUND = claim("Bound", "standard");
    private static final Pod RUNNING =
            new PodBuilder().withNewStatus().endStatus().build();

    @Test
    void a_server_that_is_ready_serves() {
        assertThat(verdict(Optional.of(SERVING), Optional.of(RUNNING), Optional.of(BOUND)))
                .isEqualTo(new Ready("Serving", "push and pull as apps.team-a.svc/<repository>:<tag>"));
    }

    @Test
    void nothing_yet_is_a_start() {
        assertThat(verdict(Optional.empty(), Optional.empty(), Optional.empty()))
                .isEqualTo(new InProgress("Starting", "the server is starting"));
        assertThat(verdict(Optional.of(STARTING), Optional.of(RUNNING), Optional.of(BOUND))
                        .reason())
                .isEqualTo("Starting");
    }

    @Test
    void trouble_with_a_child_comes_before_all_else() {
        var observed = new Observed(
                        Expected.registry(),
                        Optional.of(SERVING),
                        Optional.of(RUNNING),
                        Optional.of(BOUND),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty())
                .with(List.of(new Trouble("ApplyFailed", "the Service was not applied")));
        assertThat(Readiness.of(observed)).isEqualTo(new InProgress("ApplyFailed", "the Service was not applied"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ErrImagePull", "ImagePullBackOff", "InvalidImageName"})
    void an_image_that_a_node_can_t_get_is_named(String reason) {
        var verdict = verdict(Optional.of(STARTING), Optional.of(waiting(reason, "no such host")), Optional.of(BOUND));
        assertThat(verdict)
                .isEqualTo(new InProgress("ImageUnavailable", "the node cannot pull the server's image: no such host"));
    }

    @Test
    void a_server_that_ends_again_and_again_has_a_log() {
        var verdict = verdict(Optional.of(STARTING), Optional.of(waiting("CrashLoopBackOff", "")), Optional.of(BOUND));
        assertThat(verdict.reason()).isEqualTo("ServerCrashing");
        assertThat(verdict.message()).contains("kubectl logs apps-0 --previous");
    }

    @Test
    void a_pod_that_no_node_takes_says_what_the_scheduler_says() {
        var pod = new PodBuilder()
                .withNewStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/2 nodes are available: 2 Insufficient memory.")
                .endCondition()
                .endStatus()
                .build();
        assertThat(verdict(Optional.of(STARTING), Optional.of(pod), Optional.of(claim("Pending", "standard"))))
                .isEqualTo(
                        new InProgress(
                                "Unschedulable",
                                "the scheduler finds no node for the server's Pod: 0/2 nodes are available: 2 Insufficient memory."));
    }

    @Test
    void a_cluster_without_a_default_storage_class_is_told_apart_from_a_slow_one() {
        assertThat(verdict(Optional.of(STARTING), Optional.empty(), Optional.of(claim("Pending", null)))
                        .message())
                .contains("the cluster has no default StorageClass");
        assertThat(verdict(Optional.of(STARTING), Optional.of(RUNNING), Optional.of(claim("Pending", "slow")))
                        .message())
                .contains("kubectl describe pvc apps");
    }

    @Test
    void a_server_that_is_being_replaced_is_not_yet_what_the_spec_says() {
        assertThat(verdict(Optional.of(set(1, "two")), Optional.of(RUNNING), Optional.of(BOUND))
                        .reason())
                .isEqualTo("RollingOut");
    }

    private static Verdict verdict(
            Optional<StatefulSet> set, Optional<Pod> pod, Optional<PersistentVolumeClaim> claim) {
        return Readiness.of(new Observed(
                Expected.registry(), set, pod, claim, Optional.empty(), List.of(), Optional.empty(), Optional.empty()));
    }

    private static StatefulSet set(int ready, String updateRevision) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withGeneration(1L)
                .endMetadata()
                .withNewStatus()
                .withObservedGeneration(1L)
                .withReadyReplicas(ready)
                .withCurrentRevision("one")
                .withUpdateRevision(updateRevision)
                .endStatus()
                .build();
    }

    private static PersistentVolumeClaim claim(String phase, @org.jspecify.annotations.Nullable String storageClass) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("apps")
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(storageClass)
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    private static Pod waiting(String reason, String message) {
        return new PodBuilder()
                .withNewStatus()
                .addNewContainerStatus()
                .withNewState()
                .withNewWaiting(message, reason)
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }
}
