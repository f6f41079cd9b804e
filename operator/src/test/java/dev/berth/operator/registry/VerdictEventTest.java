package dev.berth.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Ready;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.v1alpha1.RegistryStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When an event tells of a verdict. */
final class VerdictEventTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final RegistryStatus STARTING = after(RegistryStatus.EMPTY, new InProgress("Starting", "soon"));
    private static final RegistryStatus SERVING = after(STARTING, new Ready("Serving", "push and pull"));

    @Test
    void a_new_reason_is_told_once() {
        assertThat(between(STARTING, SERVING)).hasValue(new VerdictEvent("Normal", "Serving", "push and pull"));
        assertThat(between(SERVING, SERVING)).isEmpty();
    }

    @Test
    void what_somebody_has_to_see_to_is_a_warning() {
        var stalled = after(SERVING, new Stalled("NotSupported", "spec.quota is not supported yet"));
        assertThat(between(SERVING, stalled)).map(VerdictEvent::type).hasValue("Warning");
        assertThat(between(RegistryStatus.EMPTY, STARTING))
                .map(VerdictEvent::type)
                .hasValue("Normal");
    }

    @Test
    void it_is_about_the_registry_and_fits() {
        var event = new VerdictEvent("Warning", "ApplyFailed", "x".repeat(2000)).about(Expected.registry(), NOON);
        assertThat(event.getInvolvedObject().getUid()).isEqualTo("8f1c0a0e-0000-4000-8000-000000000001");
        assertThat(event.getMessage()).hasSize(1024).endsWith("…");
        assertThat(event.getMetadata().getNamespace()).isEqualTo("team-a");
    }

    private static Optional<VerdictEvent> between(RegistryStatus before, RegistryStatus now) {
        return VerdictEvent.between(
                before.condition(Kstatus.READY), now.condition(Kstatus.READY), RegistryReasons.CALM);
    }

    private static RegistryStatus after(RegistryStatus before, Verdict verdict) {
        var observed = new Observed(
                Expected.registry(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
        return StatusReport.of(observed, before, Kstatus.findings(verdict), NOON);
    }
}
