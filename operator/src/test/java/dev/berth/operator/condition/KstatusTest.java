package dev.berth.operator.condition;

import static dev.berth.operator.condition.Finding.fails;
import static dev.berth.operator.condition.Finding.holds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Ready;
import dev.berth.operator.condition.Verdict.Stalled;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A verdict in kstatus' manners: what is wrong is said by a condition that is true only then. */
final class KstatusTest {
    @Test
    void ready_says_no_more() {
        assertThat(Kstatus.findings(new Ready("Serving", "go on"))).containsExactly(holds("Ready", "Serving", "go on"));
    }

    @Test
    void in_progress_is_reconciling() {
        assertThat(Kstatus.findings(new InProgress("Starting", "soon")))
                .containsExactly(fails("Ready", "Starting", "soon"), holds("Reconciling", "Starting", "soon"));
    }

    @Test
    void stalled_is_stalled() {
        assertThat(Kstatus.findings(new Stalled("NotSupported", "not yet")))
                .containsExactly(
                        fails("Ready", "NotSupported", "not yet"), holds("Stalled", "NotSupported", "not yet"));
    }

    @Test
    void a_condition_has_whole_seconds_as_kubernetes_writes_them() {
        var condition =
                holds("Ready", "Serving", "go on").asCondition(3L, null, Instant.parse("2026-11-24T12:00:00.9Z"));
        assertThat(condition.lastTransitionTime()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(condition.observedGeneration()).isEqualTo(3);
    }
}
