package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AgentClientTest {
    private ScriptedAgent agent;
    private AgentClient client;

    @BeforeEach
    void start() throws IOException {
        agent = new ScriptedAgent("127.0.0.1", 0);
        client = new AgentClient(agent.port());
    }

    @AfterEach
    void stop() {
        client.close();
        agent.close();
    }

    @Test
    void an_agent_s_status_is_read() throws InterruptedException {
        agent.says(200, () -> "{\"sequences\":[7]}");
        assertThat(client.read(List.of(pod("one", "127.0.0.1"))))
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.node()).isEqualTo("one");
                    assertThat(report.status())
                            .hasValueSatisfying(
                                    status -> assertThat(status.sequence(0)).isEqualTo(7));
                });
    }

    @Test
    void agents_that_answer_nonsense_errors_or_not_at_all_are_silent_and_do_not_keep_others_from_being_heard()
            throws IOException, InterruptedException {
        try (var nonsense = new ScriptedAgent("127.0.0.2", agent.port());
                var failing = new ScriptedAgent("127.0.0.3", agent.port())) {
            nonsense.says(200, () -> "null");
            failing.says(500, () -> "{}");

            var reports = client.read(List.of(
                    pod("two", "127.0.0.2"),
                    pod("three", "127.0.0.3"),
                    pod("four", "127.0.0.4"),
                    pod("one", "127.0.0.1"),
                    pod("six", "not an address"),
                    new AgentPod("berth-nodes", "berth-node-5", "five", Optional.empty(), Optional.empty())));
            assertThat(reports)
                    .extracting(AgentReport::node)
                    .containsExactly("five", "four", "one", "six", "three", "two");
            assertThat(answering(reports)).containsExactly("one");
        }
    }

    @Test
    void answers_that_never_end_are_cut_off_in_time_and_in_length() throws IOException, InterruptedException {
        try (var slow = new ScriptedAgent("127.0.0.2", agent.port());
                var endless = new ScriptedAgent("127.0.0.3", agent.port());
                var huge = new ScriptedAgent("127.0.0.4", agent.port())) {
            slow.beginsAnAnswer();
            endless.neverStopsTalking();
            huge.says(200, () -> "{\"x\":\"" + "x".repeat(AgentClient.LONGEST_ANSWER) + "\"}");
            var agents = new ArrayList<AgentPod>(List.of(pod("one", "127.0.0.1")));
            for (int i = 0; i < 20; i++) {
                agents.add(pod("slow-" + i, "127.0.0.2"));
                agents.add(pod("endless-" + i, "127.0.0.3"));
                agents.add(pod("huge-" + i, "127.0.0.4"));
            }

            var start = Instant.now();
            var reports = client.read(agents);
            assertThat(Duration.between(start, Instant.now())).isLessThan(AgentClient.PATIENCE.multipliedBy(3));
            assertThat(reports).hasSize(61);
            assertThat(answering(reports)).containsExactly("one");
        }
    }

    private static List<String> answering(List<AgentReport> reports) {
        return reports.stream()
                .filter(report -> report.status().isPresent())
                .map(AgentReport::node)
                .toList();
    }

    private static AgentPod pod(String node, String address) {
        return AgentPod.of(ScriptedAgent.pod(node, address)).orElseThrow();
    }
}
