package dev.berth.operator.registry;

import static dev.berth.operator.gitops.KstatusResult.CURRENT;
import static dev.berth.operator.gitops.KstatusResult.FAILED;
import static dev.berth.operator.gitops.KstatusResult.IN_PROGRESS;
import static dev.berth.operator.gitops.KstatusResult.TERMINATING;
import static dev.berth.operator.gitops.Verdicts.bothSay;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.operator.child.RegistryReasons;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Ready;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.gitops.ArgoCdHealth;
import dev.berth.operator.gitops.KstatusResult;
import dev.berth.operator.reference.ApiPage;
import dev.berth.operator.resource.PauseAnnotation;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.RegistryStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Argo CD and Flux say of a Registry, in each state that the operator writes. */
final class RegistryHealthTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Verdict SERVING = new Ready(RegistryReasons.SERVING, "push and pull");

    @Test
    void one_that_serves_is_healthy() {
        assertThat(bothSay(CURRENT, registry(SERVING))).isEqualTo("push and pull");
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void one_that_the_operator_waits_for_progresses_whatever_the_reason(String reason) {
        assertThat(bothSay(IN_PROGRESS, registry(new InProgress(reason, "soon"))))
                .isEqualTo("soon");
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void one_that_somebody_has_to_correct_is_degraded_and_says_how(String reason) {
        assertThat(bothSay(FAILED, registry(new Stalled(reason, "create the Secret"))))
                .isEqualTo("create the Secret");
    }

    @Test
    void troubles_beside_the_serving_degrade_nothing() {
        var findings = new ArrayList<>(Kstatus.findings(SERVING));
        findings.add(Finding.fails("PullSecretsSynced", RegistryReasons.CONSENT_MISSING, "label the namespace"));
        findings.add(Finding.holds(ServerStatus.FULL, RegistryReasons.VOLUME_FULL, "grow the volume"));
        bothSay(CURRENT, with(findings, 1));
    }

    @Test
    void a_new_one_waits_for_the_operator() {
        var registry = Expected.registry();
        registry.setStatus(NOT_OBSERVED);
        assertThat(bothSay(IN_PROGRESS, registry)).contains("has not seen");
    }

    @Test
    void one_without_a_status_waits_for_the_operator() {
        assertThat(ArgoCdHealth.of(Expected.registry()).status())
                .as("kstatus would call it current, so the schema gives each a status")
                .isEqualTo("Progressing");
    }

    @Test
    void a_changed_spec_that_the_operator_has_not_seen_progresses_however_it_was_before() {
        for (var before : List.of(SERVING, new Stalled("TlsSecretNotFound", "create the Secret"))) {
            bothSay(IN_PROGRESS, with(Kstatus.findings(before), 2));
        }
    }

    @Test
    void a_paused_one_is_suspended_and_says_what_ends_the_pause() {
        var registry = registry(SERVING);
        registry.setStatus(
                StatusReport.paused(registry, StatusReport.before(registry), PauseAnnotation.finding(registry), NOON));
        var health = ArgoCdHealth.of(registry);
        assertThat(health.status()).isEqualTo("Suspended");
        assertThat(health.message()).endsWith("kubectl -n team-a annotate registry apps berth.dev/paused-");
        assertThat(KstatusResult.of(registry)).isEqualTo(CURRENT);
        registry.getMetadata().setGeneration(2L);
        assertThat(ArgoCdHealth.of(registry).status()).isEqualTo("Suspended");
        assertThat(KstatusResult.of(registry)).isEqualTo(IN_PROGRESS);
    }

    @Test
    void one_that_is_being_deleted_progresses_until_it_is_gone() {
        var registry = registry(SERVING);
        registry.getMetadata().setDeletionTimestamp("2026-11-24T12:00:00Z");
        bothSay(TERMINATING, registry);
    }

    /** As the schema's default gives it to each object before the operator writes a status. */
    private static final RegistryStatus NOT_OBSERVED =
            new KubernetesSerialization().unmarshal("observedGeneration: -1", RegistryStatus.class);

    static Stream<String> reasons() {
        return ApiPage.constants(RegistryReasons.class).stream();
    }

    private static Registry registry(Verdict verdict) {
        return with(Kstatus.findings(verdict), 1);
    }

    /** A Registry whose first spec the operator has reported on, and that has this generation by now. */
    private static Registry with(List<Finding> findings, long generation) {
        var registry = Expected.registry();
        var observed = new Observed(
                registry,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        registry.setStatus(StatusReport.of(observed, NOT_OBSERVED, findings, NOON));
        registry.getMetadata().setGeneration(generation);
        return registry;
    }
}
