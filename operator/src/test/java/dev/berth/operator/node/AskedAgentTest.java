package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AskedAgentTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final AgentPod POD =
            AgentPod.of(ScriptedAgent.pod("one", "10.0.0.1")).orElseThrow();
    private static final AgentReport HEARD = new AgentReport(
            "one",
            Optional.of(new AgentStatus(
                    List.of(7L),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    0,
                    Map.of(),
                    AgentStatus.NodeRuntime.UNKNOWN)));

    @Test
    void an_agent_that_answers_is_asked_now_and_then_and_each_second_while_a_change_is_on_its_way() {
        var agent = AskedAgent.now(Optional.empty(), HEARD, POD, NOON);
        assertThat(agent.next(false)).isEqualTo(NOON.plusSeconds(15));
        assertThat(agent.next(true)).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void an_agent_that_is_being_replaced_counts_as_it_was_for_a_minute() {
        var agent = AskedAgent.now(Optional.empty(), HEARD, POD, NOON);
        var silent = silentAt(agent, NOON.plusSeconds(59));
        assertThat(silent.report()).isEqualTo(HEARD);
        assertThat(silentAt(silent, NOON.plusSeconds(60)).report()).isEqualTo(AgentReport.silent("one"));
    }

    @Test
    void an_agent_that_never_answered_is_silent() {
        assertThat(AskedAgent.now(Optional.empty(), AgentReport.silent("one"), POD, NOON)
                        .report())
                .isEqualTo(AgentReport.silent("one"));
    }

    @Test
    void an_agent_that_is_silent_is_asked_less_and_less_often_also_while_a_change_is_on_its_way() {
        var agent = AskedAgent.now(Optional.empty(), AgentReport.silent("one"), POD, NOON);
        for (int seconds : List.of(1, 2, 4, 8, 15, 15)) {
            assertThat(Duration.between(agent.at(), agent.next(true))).hasSeconds(seconds);
            agent = silentAt(agent, agent.next(true));
        }
    }

    private static AskedAgent silentAt(AskedAgent agent, Instant now) {
        return AskedAgent.now(Optional.of(agent), AgentReport.silent("one"), POD, now);
    }
}
