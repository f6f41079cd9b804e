package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void an_agent_s_status_is_read_and_keys_of_a_newer_one_are_passed_over() throws InterruptedException {
        agent.says(200, () -> """
                {"version":"9","runtime":"containerd","revision":"abc","doubt":"hm","news":{"a":1},"hosts":[
                {"name":"apps.team-a.svc","state":"Conflict","message":"somebody was here","since":"yesterday"}]}
                """);

        AgentReport report =
                client.read(List.of(ScriptedAgent.pod("one", "127.0.0.1"))).getFirst();
        assertThat(report.follows("abc")).isTrue();
        assertThat(report.status()).hasValueSatisfying(status -> {
            assertThat(status.doubt()).isEqualTo("hm");
            assertThat(status.host("apps.team-a.svc"))
                    .hasValueSatisfying(host -> assertThat(host.why()).isEqualTo("somebody was here"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "<html>", "{", "[]", "{\"hosts\": 1}", "\u0000"})
    void an_answer_that_is_no_status_is_as_good_as_none(String answer) throws InterruptedException {
        agent.says(200, () -> answer);
        assertThat(client.read(List.of(ScriptedAgent.pod("one", "127.0.0.1"))))
                .containsExactly(AgentReport.silent("one"));
    }

    @Test
    void agents_that_answer_nonsense_errors_or_not_at_all_are_silent_and_do_not_keep_others_from_being_heard()
            throws IOException, InterruptedException {
        try (ScriptedAgent nonsense = new ScriptedAgent("127.0.0.2", agent.port());
                ScriptedAgent failing = new ScriptedAgent("127.0.0.3", agent.port())) {
            agent.follows(() -> "abc", "apps.team-a.svc");
            nonsense.says(200, () -> "null");
            failing.says(500, () -> "{}");
            Pod unscheduledYet = ScriptedAgent.pod("five", "127.0.0.5");
            unscheduledYet.getStatus().setPodIP(null);

            List<AgentReport> reports = client.read(List.of(
                    ScriptedAgent.pod("two", "127.0.0.2"),
                    ScriptedAgent.pod("three", "127.0.0.3"),
                    ScriptedAgent.pod("four", "127.0.0.4"),
                    ScriptedAgent.pod("one", "127.0.0.1"),
                    unscheduledYet));
            assertThat(reports).extracting(AgentReport::node).containsExactly("five", "four", "one", "three", "two");
            assertThat(reports)
                    .filteredOn(report -> report.status().isPresent())
                    .extracting(AgentReport::node)
                    .containsExactly("one");
        }
    }
}
