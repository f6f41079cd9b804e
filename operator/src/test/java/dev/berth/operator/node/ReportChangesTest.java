package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.node.AgentStatus.Host;
import dev.berth.protocol.hosts.NodeHost;
import dev.berth.protocol.status.PreloadReport;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReportChangesTest {
    private static final NodeHost APPS = NodeHost.at("apps.team-a.svc", "10.96.62.25", Optional.of("ca"));
    private static final NodeHost JOBS = NodeHost.at("jobs.team-b.svc", "10.96.62.26", Optional.of("ca"));
    private static final HostList LIST =
            HostListTest.then(HostListTest.then(HostList.NONE, 100, APPS), 200, APPS, JOBS);

    @Test
    void reports_that_are_the_same_concern_nobody() {
        assertThat(between(
                        List.of(agent("one", 100), agent("two", 200)), List.of(agent("one", 100), agent("two", 200))))
                .isEqualTo(new ReportChanges(false, java.util.Set.of(), Map.of()));
    }

    @Test
    void an_agent_that_follows_a_later_write_concerns_the_hosts_that_it_has_got_by_it() {
        var changes = between(List.of(agent("one", 100)), List.of(agent("one", 200)));
        assertThat(changes.everybody()).isFalse();
        assertThat(changes.hosts(LIST)).containsExactly(JOBS.name());
    }

    @Test
    void of_several_agents_the_one_that_was_furthest_behind_counts() {
        var changes =
                between(List.of(agent("one", 100), agent("two", 0)), List.of(agent("one", 200), agent("two", 200)));
        assertThat(changes.hosts(LIST)).containsExactlyInAnyOrder(APPS.name(), JOBS.name());
    }

    @Test
    void a_host_that_an_agent_says_something_else_about_is_concerned_and_no_other() {
        var conflict = agent("one", 200, new Host(APPS.name(), "Conflict", "somebody was here"));
        var failed = agent("one", 200, new Host(APPS.name(), "Failed", "no space"));
        var fine = agent("one", 200);
        for (var changes : List.of(
                between(List.of(fine), List.of(conflict)),
                between(List.of(conflict), List.of(failed)),
                between(List.of(failed), List.of(fine)))) {
            assertThat(changes.everybody()).isFalse();
            assertThat(changes.hosts(LIST)).containsExactly(APPS.name());
        }
    }

    @Test
    void a_node_that_came_went_or_fell_silent_concerns_everybody() {
        var one = agent("one", 200);
        var two = agent("two", 200);
        assertThat(between(List.of(one), List.of(one, two)).everybody()).isTrue();
        assertThat(between(List.of(one, two), List.of(one)).everybody()).isTrue();
        assertThat(between(List.of(one), List.of(two)).everybody()).isTrue();
        assertThat(between(List.of(one), List.of(AgentReport.silent("one"))).everybody())
                .isTrue();
    }

    @Test
    void what_an_agent_says_about_its_node_as_a_whole_concerns_everybody() {
        var doubting = new AgentReport(
                "one",
                Optional.of(new AgentStatus(
                        agent("one", 200).status().orElseThrow().sequences(),
                        Optional.empty(),
                        Optional.of("no config_path"),
                        Optional.empty(),
                        Map.of(),
                        0,
                        Map.of(),
                        AgentStatus.NodeRuntime.UNKNOWN)));
        assertThat(between(List.of(agent("one", 200)), List.of(doubting)).everybody())
                .isTrue();
        var updated = new AgentReport(
                "one",
                Optional.of(new AgentStatus(
                        agent("one", 200).status().orElseThrow().sequences(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        0,
                        Map.of(),
                        new AgentStatus.NodeRuntime("containerd 2.1.9", Optional.empty()))));
        assertThat(between(List.of(agent("one", 200)), List.of(updated)).everybody())
                .isTrue();
    }

    @Test
    void another_preloaded_image_concerns_nobody_until_all_are_there_or_one_fails() {
        var some = preloading(1, 0, Optional.empty());
        assertThat(between(List.of(preloading(0, 0, Optional.empty())), List.of(some))
                        .named())
                .isEmpty();
        assertThat(between(List.of(some), List.of(preloading(3, 0, Optional.empty())))
                        .named())
                .containsExactly(APPS.name());
        assertThat(between(List.of(some), List.of(preloading(1, 1, Optional.of("web:1: not found"))))
                        .named())
                .containsExactly(APPS.name());
        assertThat(between(List.of(some), List.of(agent("one", 200))).named()).containsExactly(APPS.name());
    }

    private static AgentReport preloading(int present, int failed, Optional<String> why) {
        var status = agent("one", 200).status().orElseThrow();
        return new AgentReport(
                "one",
                Optional.of(new AgentStatus(
                        status.sequences(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        0,
                        Map.of(APPS.name(), new PreloadReport(APPS.name(), 3, present, failed, why)),
                        AgentStatus.NodeRuntime.UNKNOWN)));
    }

    private static ReportChanges between(List<AgentReport> before, List<AgentReport> now) {
        return ReportChanges.between(before, now);
    }

    private static AgentReport agent(String node, long sequence, Host... troubled) {
        Map<String, Host> hosts = troubled.length == 0 ? Map.of() : Map.of(troubled[0].name(), troubled[0]);
        return new AgentReport(
                node,
                Optional.of(new AgentStatus(
                        Collections.nCopies(HostShard.COUNT, sequence),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        hosts,
                        0,
                        Map.of(),
                        AgentStatus.NodeRuntime.UNKNOWN)));
    }
}
