package dev.berth.protocol.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.status.NodeReport.HostReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NodeReportTest {
    private static final NodeReport REPORT = NodeReport.starting("1.2.3", "memory")
            .following(List.of(0L, 7L), Optional.of("no list"))
            .with(Optional.of("hm"), Optional.empty())
            .with(List.of(
                    new HostReport("apps.team-a.svc", HostState.CONFIGURED, Optional.empty()),
                    new HostReport("mine.example", HostState.CONFLICT, Optional.of("somebody was here"))));

    @Test
    void the_document_is_what_agents_have_always_answered() {
        assertThat(REPORT.json())
                .isEqualTo("{\"version\":\"1.2.3\",\"runtime\":\"memory\",\"sequences\":[0,7],\"problem\":\"no list\","
                        + "\"doubt\":\"hm\",\"counts\":{\"Configured\":1,\"Conflict\":1,\"Failed\":0},"
                        + "\"hosts\":[{\"name\":\"mine.example\",\"state\":\"Conflict\",\"message\":\"somebody was here\"}],"
                        + "\"more\":0}");
    }

    @Test
    void the_document_is_read_as_it_was_written() throws IOException {
        assertThat(read(REPORT.json())).isEqualTo(REPORT);
    }

    @Test
    void a_state_that_a_newer_agent_knows_keeps_its_word() throws IOException {
        var newer = read("{\"hosts\":[{\"name\":\"a\",\"state\":\"Postponed\"},7],\"counts\":{\"Postponed\":1}}");
        assertThat(newer.hosts())
                .containsExactly(
                        new HostReport("a", new HostState("Postponed"), Optional.empty()), HostReport.UNREADABLE);
        assertThat(newer.counts()).containsEntry(new HostState("Postponed"), 1);
    }

    @Test
    void of_many_hosts_in_trouble_the_first_hundred_are_named_and_the_others_counted() throws IOException {
        var all = IntStream.range(0, 250)
                .mapToObj(number -> new HostReport(
                        "host-" + number,
                        number % 2 == 0 ? HostState.CONFIGURED : HostState.FAILED,
                        Optional.of("cannot write")))
                .toList();
        var report = NodeReport.starting("1", "memory").with(all);
        assertThat(report.counts())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(HostState.CONFIGURED, 125, HostState.CONFLICT, 0, HostState.FAILED, 125));
        assertThat(report.hosts()).hasSize(100).extracting(HostReport::name).startsWith("host-1", "host-3");
        assertThat(report.more()).isEqualTo(25);
        assertThat(read(report.json())).isEqualTo(report);
    }

    @Test
    void a_long_message_is_cut_once_and_read_as_it_was_written() throws IOException {
        var report = NodeReport.starting("1", "memory")
                .with(List.of(new HostReport("a", HostState.FAILED, Optional.of("🚢".repeat(400)))));
        assertThat(report.hosts().getFirst().message())
                .hasValueSatisfying(text -> assertThat(text)
                        .hasSizeBetween(299, 300)
                        .startsWith("🚢")
                        .endsWith("🚢…"));
        assertThat(read(report.json())).isEqualTo(report);
    }

    @Test
    void hosts_that_are_no_list_count_as_one_that_cannot_be_read() throws IOException {
        assertThat(read("{\"hosts\": {\"a\": \"Configured\"}}").hosts()).containsExactly(HostReport.UNREADABLE);
        assertThat(read("{\"hosts\": null}").hosts()).containsExactly(HostReport.UNREADABLE);
        assertThat(read("{}").hosts()).isEmpty();
    }

    @Test
    void numbers_that_make_no_sense_count_as_none() throws IOException {
        var report = read("{\"more\": -7, \"sequences\": [null, \"x\", 3, 1.5], \"counts\": [], \"problem\": 4}");
        assertThat(report.more()).isZero();
        assertThat(report.sequences()).containsExactly(0L, 0L, 3L, 0L);
        assertThat(report.counts()).isEmpty();
        assertThat(report.problem()).isEmpty();
    }

    @Test
    void the_results_of_test_pulls_are_counted_and_their_reason_is_short() throws IOException {
        var report = NodeReport.starting("1", "memory")
                .with(Optional.of(
                        new NodeReport.TestPulls(3, 1, 2, Optional.of("no socket ".repeat(1000)), Optional.empty())));
        assertThat(report.json())
                .contains("\"testPulls\":{\"worked\":3,\"failed\":1,\"notChecked\":2,\"why\":\"no socket ");
        assertThat(report.json()).hasSizeLessThan(600);
        assertThat(read(report.json())).isEqualTo(report);
    }

    @Test
    void the_version_of_the_runtime_is_short_and_left_out_where_it_is_unknown() throws IOException {
        assertThat(REPORT.json()).doesNotContain("runtimeVersion");
        assertThat(read("{\"runtime\":\"containerd\"}").runtimeVersion()).isEmpty();
        assertThat(read("{\"runtime\":\"containerd\",\"runtimeVersion\":\" \"}").runtimeVersion())
                .isEmpty();
        assertThat(read("{\"runtime\":\"containerd\",\"runtimeVersion\":[2]}").runtimeVersion())
                .isEmpty();
        var report = REPORT.running(Optional.of("2.1.9"));
        assertThat(report.json()).contains("\"runtime\":\"memory\"").endsWith(",\"runtimeVersion\":\"2.1.9\"}");
        assertThat(read(report.json())).isEqualTo(report);
        assertThat(REPORT.running(Optional.of("9".repeat(1000))).json().length())
                .isLessThan(REPORT.json().length() + 100);
    }

    @Test
    void a_node_that_makes_no_test_pull_says_why() throws IOException {
        var report = NodeReport.starting("1", "memory")
                .with(Optional.of(
                        new NodeReport.TestPulls(0, 0, 2, Optional.of("no socket"), Optional.of("no socket"))));
        assertThat(report.json()).contains("\"unavailable\":\"no socket\"");
        assertThat(read(report.json())).isEqualTo(report);
        assertThat(read("{\"testPulls\":{\"worked\":3}}").testPulls())
                .contains(new NodeReport.TestPulls(3, 0, 0, Optional.empty(), Optional.empty()));
    }

    private static NodeReport read(String json) throws IOException {
        return NodeReport.read(json.getBytes(UTF_8));
    }
}
