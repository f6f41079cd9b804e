package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentStatusTest {
    @Test
    void keys_of_a_newer_agent_are_passed_over() throws IOException {
        var status = parse("""
                {"version":"9","runtime":"containerd","sequences":[7,8],"doubt":"hm","news":{"a":1},"more":2,
                "counts":{"Configured":1,"Postponed":2},"hosts":[
                {"name":"apps.team-a.svc","state":"Conflict","message":"somebody was here","since":"yesterday"},
                {"name":"jobs.team-a.svc","state":"Postponed"}]}
                """);
        assertThat(status.sequence(0)).isEqualTo(7);
        assertThat(status.sequence(2)).isZero();
        assertThat(status.doubt()).contains("hm");
        assertThat(status.more()).isEqualTo(2);
        assertThat(status.troubled("apps.team-a.svc")).hasValueSatisfying(host -> {
            assertThat(host.conflict()).isTrue();
            assertThat(host.why()).isEqualTo("somebody was here");
        });
        assertThat(status.troubled("jobs.team-a.svc"))
                .hasValueSatisfying(host -> assertThat(host.why()).isEqualTo("Postponed"));
    }

    @Test
    void the_runtime_of_a_node_has_its_version_and_why_no_test_pulls_are_made() throws IOException {
        assertThat(parse("{\"runtime\":\"containerd\",\"runtimeVersion\":\"2.1.9\"}")
                        .runtime())
                .isEqualTo(new AgentStatus.NodeRuntime("containerd 2.1.9", Optional.empty()));
        assertThat(parse(
                                "{\"runtime\":\"docker\",\"testPulls\":{\"notChecked\":1,\"why\":\"apps.team-b.svc has no image\"}}")
                        .runtime())
                .as("a reason about one host is not one about the node, and may name another tenant's host")
                .isEqualTo(new AgentStatus.NodeRuntime("docker", Optional.empty()));
        assertThat(parse("{\"runtime\":\"docker\",\"testPulls\":{\"unavailable\":\"no socket\"}}")
                        .runtime())
                .isEqualTo(new AgentStatus.NodeRuntime("docker", Optional.of("no socket")));
        assertThat(parse("{}").runtime()).isEqualTo(AgentStatus.NodeRuntime.UNKNOWN);
        assertThat(parse("{\"runtime\":\"" + "x".repeat(5000) + "\"}").runtime().name())
                .hasSizeLessThan(100);
    }

    @Test
    void an_agent_of_before_follows_nothing() throws IOException {
        var status = parse("""
                {"version":"0.1","runtime":"containerd","revision":"abc","hosts":[{"name":"apps.team-a.svc","state":"Configured"}]}
                """);
        assertThat(status.sequences()).isEmpty();
        assertThat(status.troubled()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "<html>", "{", "[]", "7", "\u0000"})
    void an_answer_that_is_no_status_is_none(String answer) {
        assertThatThrownBy(() -> parse(answer)).isInstanceOf(IOException.class);
    }

    @Test
    void an_answer_that_is_nested_without_end_is_none() {
        assertThatThrownBy(() -> parse("{\"a\":".repeat(20_000))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hosts\": 1}",
                "{\"hosts\": [null]}",
                "{\"hosts\": [[], 7, \"x\"]}",
                "{\"hosts\": [{\"name\": null, \"state\": {}}]}",
                "{\"hosts\": {\"a\": {}}, \"sequences\": {\"0\": \"x\"}, \"problem\": [1], \"doubt\": 7}"
            })
    void hosts_that_cannot_be_read_count_as_hosts_in_trouble(String answer) throws IOException {
        var status = parse(answer);
        assertThat(status.more()).isPositive();
        assertThat(status.problem()).isEmpty();
    }

    @Test
    void odd_numbers_and_long_texts_are_bounded() throws IOException {
        var status =
                parse("{\"sequences\":[null,\"7\",1e300,-1,[]],\"more\":-5,\"problem\":\"" + "x".repeat(9999) + "\"}");
        assertThat(status.sequences()).hasSize(5).allMatch(sequence -> sequence <= 0);
        assertThat(status.more()).isZero();
        assertThat(status.problem()).hasValueSatisfying(text -> assertThat(text).hasSizeLessThan(400));
    }

    private static AgentStatus parse(String json) throws IOException {
        return AgentStatus.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
