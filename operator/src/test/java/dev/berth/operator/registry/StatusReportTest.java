package dev.berth.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Ready;
import dev.berth.protocol.status.ServerReport;
import dev.berth.protocol.status.StorageReport;
import dev.berth.v1alpha1.Condition;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.RegistryStatus;
import dev.berth.v1alpha1.RegistryStatus.Counts;
import dev.berth.v1alpha1.RegistryStatus.StorageUse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How findings become a status, once and again. */
final class StatusReportTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123Z");
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final List<Finding> STARTING =
            Kstatus.findings(new InProgress("Starting", "the server is starting"));
    private static final List<Finding> SERVING = Kstatus.findings(new Ready("Serving", "push and pull"));
    private static final ServerStatus REPORT = ServerStatus.of(new ServerReport(
                    "9",
                    60,
                    "",
                    Optional.of(new StorageReport(1536, 1 << 20, 1 << 19, false, "", Optional.empty())),
                    1,
                    2,
                    3,
                    4,
                    0,
                    List.of(),
                    List.of(),
                    Optional.empty()))
            .orElseThrow();

    @Test
    void the_same_observation_gives_the_same_status_whenever_it_is_made() {
        var first = status(RegistryStatus.EMPTY, SERVING, NOON);
        assertThat(status(first, SERVING, LATER)).isEqualTo(first);
        assertThat(first.observedGeneration()).isEqualTo(1);
        assertThat(first.address()).isEqualTo("apps.team-a.svc");
    }

    @Test
    void a_condition_keeps_its_time_until_its_status_turns() {
        var starting = status(RegistryStatus.EMPTY, STARTING, NOON);
        var other = Kstatus.findings(new InProgress("VolumePending", "the volume isn't there yet"));
        assertThat(ready(status(starting, other, LATER)).lastTransitionTime()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(ready(status(starting, SERVING, LATER)).lastTransitionTime()).isEqualTo("2026-11-24T12:01:00Z");
    }

    @Test
    void what_is_over_is_not_said_any_more_and_what_nobody_looked_at_stays() {
        var nodes = Finding.holds("NodesConfigured", "Configured", "2 of 2 nodes");
        var both = List.of(STARTING.get(0), STARTING.get(1), nodes);
        var after = status(status(RegistryStatus.EMPTY, both, NOON), SERVING, LATER);
        assertThat(after.conditions()).extracting(Condition::type).containsExactly("NodesConfigured", "Ready");
    }

    @Test
    void figures_are_those_of_the_last_answer() {
        var told = StatusReport.of(observed(Optional.of(REPORT)), RegistryStatus.EMPTY, SERVING, NOON);
        assertThat(told.counts()).isEqualTo(new Counts(1, 2, 3, 4));
        assertThat(told.storage()).isEqualTo(new StorageUse("1.5Ki", "1Mi", null));
        assertThat(status(told, SERVING, LATER)).isEqualTo(told);
    }

    @Test
    void a_registry_whose_spec_can_not_be_read_is_told_so_and_keeps_what_is_known_of_it() {
        var registry = Expected.registry();
        var quota = Finding.fails("QuotaReached", "WithinQuota", "the registry may store up to 1Gi");
        var before = status(RegistryStatus.EMPTY, List.of(SERVING.getFirst(), quota), NOON);
        registry.setSpec(null);
        var after = StatusReport.of(observed(registry, Optional.empty()), before, STARTING, LATER);
        assertThat(ready(after).reason()).isEqualTo("Starting");
        assertThat(after.condition("QuotaReached")).isEqualTo(before.condition("QuotaReached"));
    }

    private static RegistryStatus status(RegistryStatus before, List<Finding> findings, Instant now) {
        return StatusReport.of(observed(Optional.empty()), before, findings, now);
    }

    private static Observed observed(Optional<ServerStatus> report) {
        return observed(Expected.registry(), report);
    }

    private static Observed observed(Registry registry, Optional<ServerStatus> report) {
        return new Observed(
                registry,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                report,
                Optional.empty());
    }

    private static Condition ready(RegistryStatus status) {
        return status.condition("Ready").orElseThrow();
    }
}
