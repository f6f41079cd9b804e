package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.node.AgentStatus.Host;
import dev.berth.protocol.hosts.NodeHost;
import dev.berth.v1alpha1.Condition.Status;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NodesConditionTest {
    private static final NodeHost APPS = NodeHost.at("apps.team-a.svc", "10.96.62.25", Optional.of("a certificate"));
    private static final String TRUSTING = "kubectl patch";
    private static final long NOW = 200;
    private static final Optional<String> NONE = Optional.empty();
    private static final List<Long> SEQUENCES = Collections.nCopies(HostShard.COUNT, NOW);
    private static final HostList LIST = HostListTest.then(HostList.NONE, NOW, APPS);

    @Test
    void every_node_has_it() {
        assertThat(finding(2, configured("one"), configured("two")))
                .isEqualTo(Finding.holds("NodesConfigured", "Configured", "2 of 2 nodes"));
    }

    @Test
    void a_namespace_that_is_not_trusted_says_which_one_command_trusts_it() {
        var finding = NodesCondition.of(question(true, false, Optional.of(APPS), nodes(2, configured("one"))));
        assertThat(finding.status()).isEqualTo(Status.FALSE);
        assertThat(finding.reason()).isEqualTo("NamespaceNotTrusted");
        assertThat(finding.message())
                .isEqualTo("an administrator has not trusted this namespace's registries with the cluster's nodes;"
                        + " this command does: kubectl patch");
    }

    @Test
    void a_registry_that_wants_nothing_of_nodes_says_so_before_all_else() {
        assertThat(NodesCondition.of(question(false, false, Optional.empty(), nodes(0)))
                        .reason())
                .isEqualTo("Disabled");
    }

    @Test
    void without_a_daemon_set_there_are_no_agents() {
        var finding =
                NodesCondition.of(question(true, true, Optional.of(APPS), new NodesSeen(Optional.empty(), List.of())));
        assertThat(finding.reason()).isEqualTo("AgentsMissing");
        assertThat(finding.message()).contains("kubectl apply -k deploy/");
    }

    @Test
    void a_host_that_another_mirror_has_is_said_to_be_taken() {
        var finding = NodesCondition.of(new NodesCondition.Question(
                "mirror",
                TRUSTING,
                true,
                true,
                Optional.of("ImageMirror team-b/hub"),
                Optional.empty(),
                nodes(1, configured("one")),
                LIST));
        assertThat(finding.reason()).isEqualTo("HostTaken");
        assertThat(finding.message()).contains("ImageMirror team-b/hub was there first");
    }

    @Test
    void children_that_are_not_there_yet_are_waited_for() {
        assertThat(NodesCondition.of(question(true, true, Optional.empty(), nodes(1)))
                        .reason())
                .isEqualTo("Configuring");
    }

    @Test
    void an_authority_that_is_too_long_for_all_to_share_one_list_is_the_user_s_to_mend() {
        var tooLong = NodeHost.at(APPS.name(), "10.96.62.25", Optional.of("x".repeat(NodeHost.LONGEST_CA + 1)));
        assertThat(NodesCondition.of(question(true, true, Optional.of(tooLong), nodes(1, configured("one"))))
                        .reason())
                .isEqualTo("AuthorityTooLong");
    }

    @Test
    void a_node_that_is_behind_is_waited_for_by_name() {
        assertThat(finding(2, configured("one"), agent("two", NOW - 1, Optional.empty(), NONE)))
                .isEqualTo(Finding.fails("NodesConfigured", "Configuring", "1 of 2 nodes; waiting for two"));
    }

    @Test
    void an_agent_of_an_older_version_is_waited_for() {
        var older = new AgentReport(
                "one",
                Optional.of(new AgentStatus(
                        List.of(), NONE, NONE, NONE, Map.of(), 0, Map.of(), AgentStatus.NodeRuntime.UNKNOWN)));
        assertThat(finding(1, older))
                .isEqualTo(Finding.fails("NodesConfigured", "Configuring", "0 of 1 nodes; waiting for one"));
    }

    @Test
    void an_agent_with_more_troubled_hosts_than_it_can_name_says_nothing_about_this_one() {
        var swamped = new AgentReport(
                "one",
                Optional.of(new AgentStatus(
                        SEQUENCES, NONE, NONE, NONE, Map.of(), 900, Map.of(), AgentStatus.NodeRuntime.UNKNOWN)));
        assertThat(finding(1, swamped).reason()).isEqualTo("Configuring");
        assertThat(finding(1, swamped).message())
                .startsWith("0 of 1 nodes; waiting for one: more hosts are not set up");
    }

    @Test
    void a_host_that_the_list_has_no_room_for_says_so() {
        var full = new HostList(HostList.NONE.shards(), Set.of(APPS.name()));
        var finding = NodesCondition.of(new NodesCondition.Question(
                "registry",
                TRUSTING,
                true,
                true,
                Optional.empty(),
                Optional.of(APPS),
                nodes(1, configured("one")),
                full));
        assertThat(finding.reason()).isEqualTo("ListFull");
        assertThat(finding.message()).contains("ConfigMap berth-node-hosts-2", "is full");
    }

    @Test
    void nodes_that_are_not_applicable_are_counted_apart_and_nobody_waits_for_them() {
        assertThat(finding(4, configured("a"), configured("b"), configured("c"), elsewhere("node-d")))
                .isEqualTo(Finding.holds(
                        "NodesConfigured",
                        "Configured",
                        "3 of 3 nodes; 1 not applicable (node-d: its runtime is another one)"));
        assertThat(finding(3, configured("a"), AgentReport.silent("b"), elsewhere("c"))
                        .message())
                .isEqualTo("1 of 2 nodes; 1 not applicable (c: its runtime is another one); waiting for b");
    }

    @Test
    void where_no_node_is_applicable_nothing_is_configured() {
        assertThat(finding(2, elsewhere("a"), elsewhere("b")))
                .isEqualTo(Finding.fails(
                        "NodesConfigured",
                        "NotApplicable",
                        "0 of 0 nodes; 2 not applicable (a, b: its runtime is another one)"));
        assertThat(finding(3, elsewhere("a"), elsewhere("b")).message()).endsWith("waiting for agents to start");
        assertThat(finding(0).reason()).isEqualTo("NotApplicable");
        assertThat(finding(0).message()).contains("linux/amd64");
    }

    @Test
    void an_agent_that_does_not_answer_is_waited_for() {
        assertThat(finding(1, AgentReport.silent("one")).message()).isEqualTo("0 of 1 nodes; waiting for one");
    }

    @Test
    void an_agent_that_has_not_started_is_waited_for() {
        assertThat(finding(2, configured("one")).message()).isEqualTo("1 of 2 nodes; waiting for agents to start");
    }

    @Test
    void a_problem_with_the_list_of_hosts_is_passed_on() {
        var stuck = new AgentReport(
                "one",
                Optional.of(new AgentStatus(
                        List.of(),
                        Optional.of("the hosts file is not YAML"),
                        NONE,
                        NONE,
                        Map.of(),
                        0,
                        Map.of(),
                        AgentStatus.NodeRuntime.UNKNOWN)));
        assertThat(finding(1, stuck).message()).isEqualTo("0 of 1 nodes; waiting for one: the hosts file is not YAML");
    }

    @Test
    void a_conflict_on_one_node_names_the_node_and_what_stands_there() {
        assertThat(finding(
                        2,
                        configured("one"),
                        agent(
                                "two",
                                NOW,
                                Optional.of(new Host(APPS.name(), "Conflict", "certs.d/x was not written by Berth")),
                                NONE)))
                .isEqualTo(Finding.fails(
                        "NodesConfigured", "Conflict", "1 of 2 nodes; not two: certs.d/x was not written by Berth"));
    }

    @Test
    void a_node_that_failed_says_why() {
        assertThat(finding(
                        1,
                        agent(
                                "one",
                                NOW,
                                Optional.of(new Host(APPS.name(), "Failed", "no space left on device")),
                                NONE)))
                .isEqualTo(Finding.fails(
                        "NodesConfigured", "NodeFailed", "0 of 1 nodes; not one: no space left on device"));
    }

    @Test
    void files_that_the_runtime_may_not_read_are_neither_yes_nor_no() {
        assertThat(finding(1, agent("one", NOW, Optional.empty(), Optional.of("no config_path; put it there"))))
                .isEqualTo(Finding.unknown(
                        "NodesConfigured", "RuntimeInDoubt", "1 of 1 nodes, but on one: no config_path; put it there"));
    }

    @Test
    void in_a_large_cluster_a_few_nodes_are_named_and_the_others_counted() {
        var silent = IntStream.range(0, 1000)
                .mapToObj(i -> AgentReport.silent("node-%04d".formatted(i)))
                .toArray(AgentReport[]::new);
        assertThat(finding(1000, silent).message())
                .isEqualTo("0 of 1000 nodes; waiting for node-0000, node-0001, node-0002 and 997 more");
    }

    @Test
    void the_runtimes_of_the_nodes_are_counted_by_version() {
        assertThat(finding(
                        4,
                        running("a", "containerd 2.4.2", NONE),
                        running("b", "containerd 1.7.24", NONE),
                        running("c", "containerd 2.4.2", NONE),
                        AgentReport.silent("d")))
                .isEqualTo(Finding.fails(
                        "NodesConfigured",
                        "Configuring",
                        "3 of 4 nodes (containerd 2.4.2: 2, containerd 1.7.24: 1); waiting for d"));
        assertThat(finding(2, running("a", "containerd 2.4.2", NONE), configured("b"))
                        .message())
                .as("an agent that does not say it")
                .isEqualTo("2 of 2 nodes (containerd 2.4.2: 1)");
    }

    @Test
    void of_many_versions_the_most_frequent_are_named() {
        var nodes = IntStream.range(0, 900)
                .mapToObj(i -> running("node-%03d".formatted(i), "containerd 2.0." + Math.min(i % 10, 8), NONE))
                .toArray(AgentReport[]::new);
        assertThat(finding(900, nodes).message())
                .isEqualTo("900 of 900 nodes (containerd 2.0.8: 180, containerd 2.0.0: 90, containerd 2.0.1: 90,"
                        + " containerd 2.0.2: 90 and 5 more)");
    }

    @Test
    void nodes_that_make_no_test_pull_are_named_with_the_reason() {
        assertThat(finding(
                        2,
                        running("a", "containerd 2.4.2", NONE),
                        running("b", "containerd", Optional.of("no socket of a container runtime"))))
                .isEqualTo(Finding.holds(
                        "NodesConfigured",
                        "Configured",
                        "2 of 2 nodes (containerd: 1, containerd 2.4.2: 1);"
                                + " 1 without a test pull (b: no socket of a container runtime)"));
    }

    @Test
    void nodes_that_are_not_applicable_for_several_reasons_are_grouped_by_them() {
        assertThat(finding(
                                6,
                                configured("a"),
                                elsewhere("b"),
                                elsewhere("c", "no config.toml"),
                                elsewhere("d"),
                                elsewhere("e", "it is read-only"),
                                elsewhere("f", "it is read-only"))
                        .message())
                .isEqualTo(
                        "1 of 1 nodes; 5 not applicable (b, d: its runtime is another one; c: no config.toml; and others)");
    }

    private static AgentReport running(String node, String runtime, Optional<String> untested) {
        return new AgentReport(
                node,
                Optional.of(new AgentStatus(
                        SEQUENCES,
                        NONE,
                        NONE,
                        NONE,
                        Map.of(),
                        0,
                        Map.of(),
                        new AgentStatus.NodeRuntime(runtime, untested))));
    }

    private static Finding finding(int scheduled, AgentReport... reports) {
        return NodesCondition.of(question(true, true, Optional.of(APPS), nodes(scheduled, reports)));
    }

    private static NodesCondition.Question question(
            boolean enabled, boolean trusted, Optional<NodeHost> entry, NodesSeen nodes) {
        return new NodesCondition.Question(
                "registry", TRUSTING, enabled, trusted, Optional.empty(), entry, nodes, LIST);
    }

    private static NodesSeen nodes(int scheduled, AgentReport... reports) {
        return new NodesSeen(Optional.of(scheduled), List.of(reports));
    }

    private static AgentReport configured(String node) {
        return agent(node, NOW, Optional.empty(), NONE);
    }

    private static AgentReport elsewhere(String node) {
        return elsewhere(node, "its runtime is another one");
    }

    private static AgentReport elsewhere(String node, String why) {
        return new AgentReport(
                node,
                Optional.of(new AgentStatus(
                        List.of(),
                        NONE,
                        NONE,
                        Optional.of(why),
                        Map.of(),
                        0,
                        Map.of(),
                        AgentStatus.NodeRuntime.UNKNOWN)));
    }

    private static AgentReport agent(String node, long sequence, Optional<Host> troubled, Optional<String> doubt) {
        var hosts = troubled.map(host -> Map.of(host.name(), host)).orElse(Map.of());
        return new AgentReport(
                node,
                Optional.of(new AgentStatus(
                        Collections.nCopies(HostShard.COUNT, sequence),
                        NONE,
                        doubt,
                        NONE,
                        hosts,
                        0,
                        Map.of(),
                        AgentStatus.NodeRuntime.UNKNOWN)));
    }
}
