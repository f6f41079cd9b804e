package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Finding;
import dev.berth.protocol.hosts.LabelRequirement;
import dev.berth.protocol.hosts.NodeHost;
import dev.berth.protocol.hosts.Preload;
import dev.berth.protocol.status.PreloadReport;
import dev.berth.v1alpha1.NodeCounts;
import dev.berth.v1alpha1.NodeSelector;
import dev.berth.v1alpha1.NodeSelector.Operator;
import dev.berth.v1alpha1.NodeSelector.Requirement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PreloadedConditionTest {
    private static final long NOW = 200;
    private static final NodeHost APPS = NodeHost.at("apps.team-a.svc", "10.96.62.25", Optional.empty())
            .preloading(Preloads.of(List.of("web:1", "job:2"), null));
    private static final HostList LIST = HostListTest.then(HostList.NONE, NOW, APPS);

    @Test
    void all_selected_nodes_have_the_images_and_others_do_not_matter() {
        var condition = condition(preloads("one", 2, 0), preloads("two", 2, 0), selectsNot("three"));
        assertThat(condition.finding()).isEqualTo(Finding.holds("Preloaded", "Preloaded", "2 of 2 nodes"));
        assertThat(condition.counts()).isEqualTo(new NodeCounts(3, 3, 0, 2, 0, 0));
    }

    @Test
    void nodes_that_still_pull_are_waited_for() {
        var condition = condition(preloads("one", 2, 0), preloads("two", 1, 0));
        assertThat(condition.finding())
                .isEqualTo(Finding.fails("Preloaded", "Preloading", "1 of 2 nodes; waiting for two"));
        assertThat(condition.counts()).isEqualTo(new NodeCounts(2, 2, 0, 1, 1, 0));
    }

    @Test
    void a_node_that_has_not_read_the_images_yet_is_waited_for() {
        var condition = condition(preloads("one", 2, 0), agent("two", 100, Optional.empty()));
        assertThat(condition.finding().message()).isEqualTo("1 of 1 nodes; waiting for two");
    }

    @Test
    void an_image_that_a_node_could_not_pull_is_named_with_the_reason() {
        var condition = condition(preloads("one", 2, 0), preloads("two", 0, 1), preloads("three", 1, 0));
        assertThat(condition.finding())
                .isEqualTo(Finding.fails(
                        "Preloaded", "PreloadFailed", "1 of 3 nodes; not two: job:2: the disk of the node is full"));
        assertThat(condition.counts()).isEqualTo(new NodeCounts(3, 3, 0, 1, 1, 1));
    }

    @Test
    void a_message_about_many_nodes_stays_short() {
        var nodes = IntStream.range(0, 500)
                .mapToObj(number -> preloads("node-%03d".formatted(number), 0, 1))
                .toArray(AgentReport[]::new);
        assertThat(condition(nodes).finding().message())
                .isEqualTo(
                        "0 of 500 nodes; not node-000, node-001, node-002 and 497 more: job:2: the disk of the node is"
                                + " full");
    }

    @Test
    void labels_that_no_node_has_are_said() {
        var condition = condition(selectsNot("one"), selectsNot("two"));
        assertThat(condition.finding().reason()).isEqualTo("NoNodeSelected");
        assertThat(condition.finding().message()).contains("no node has the labels");
    }

    @Test
    void a_namespace_that_may_use_names_but_not_disks_says_which_command_trusts_it() {
        var condition = new PreloadedCondition(
                new PreloadedCondition.Question(nodes(List.of(selectsNot("one"))), true, true, false, "kubectl patch"));
        assertThat(condition.finding().reason()).isEqualTo("NamespaceNotTrusted");
        assertThat(condition.finding().message())
                .startsWith("preloaded images take space on the disks of nodes")
                .endsWith("this command does: kubectl patch");
    }

    @Test
    void the_selector_of_the_spec_means_the_same_to_agents() {
        var selector = new NodeSelector(
                Map.of("zone", "a", "disk", "fast"),
                List.of(
                        new Requirement("gpu", Operator.EXISTS, List.of()),
                        new Requirement("pool", Operator.NOT_IN, List.of("build"))));
        var preload = Preloads.of(List.of("web:1"), selector).orElseThrow();
        assertThat(preload.nodes()).extracting(LabelRequirement::key).containsExactly("disk", "zone", "gpu", "pool");
        assertThat(preload.selects(Map.of("zone", "a", "disk", "fast", "gpu", "1")))
                .isTrue();
        assertThat(preload.selects(Map.of("zone", "a", "disk", "fast", "gpu", "1", "pool", "build")))
                .isFalse();
        assertThat(preload.selects(Map.of("zone", "b", "disk", "fast", "gpu", "1")))
                .isFalse();
        assertThat(Preloads.of(List.of(), selector)).isEmpty();
    }

    @Test
    void an_operator_of_a_newer_version_selects_no_node() {
        var selector = new NodeSelector(Map.of(), List.of(new Requirement("zone", null, List.of("a"))));
        assertThat(Preloads.of(List.of("web:1"), selector).map(preload -> preload.selects(Map.of("zone", "a"))))
                .contains(false);
    }

    @Test
    void the_largest_preload_is_not_longer_than_the_longest_authority() {
        var labels = IntStream.range(0, 16)
                .mapToObj(number -> new Requirement(
                        "k".repeat(315) + "%02d".formatted(number),
                        Operator.IN,
                        Collections.nCopies(16, "v".repeat(63))))
                .toList();
        var preload = new Preload(
                Collections.nCopies(Preload.MOST_IMAGES, "i".repeat(255)),
                Preloads.of(List.of("web:1"), new NodeSelector(Map.of(), labels))
                        .orElseThrow()
                        .nodes());
        assertThat(APPS.preloading(Optional.of(preload)).yaml().length()).isLessThan(48 * 1024);
    }

    private static PreloadedCondition condition(AgentReport... reports) {
        return new PreloadedCondition(
                new PreloadedCondition.Question(nodes(List.of(reports)), true, true, true, "kubectl patch"));
    }

    private static NodesCondition nodes(List<AgentReport> reports) {
        return new NodesCondition(new NodesCondition.Question(
                "registry",
                "kubectl patch",
                true,
                true,
                Optional.empty(),
                Optional.of(APPS),
                new NodesSeen(Optional.of(reports.size()), reports),
                LIST));
    }

    private static AgentReport preloads(String node, int present, int failed) {
        var why = failed > 0 ? Optional.of("job:2: the disk of the node is full") : Optional.<String>empty();
        return agent(node, NOW, Optional.of(new PreloadReport(APPS.name(), 2, present, failed, why)));
    }

    private static AgentReport selectsNot(String node) {
        return agent(node, NOW, Optional.empty());
    }

    private static AgentReport agent(String node, long sequence, Optional<PreloadReport> preload) {
        return new AgentReport(
                node,
                Optional.of(new AgentStatus(
                        Collections.nCopies(HostShard.COUNT, sequence),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        0,
                        preload.<Map<String, PreloadReport>>map(report -> Map.of(APPS.name(), report))
                                .orElse(Map.of()),
                        AgentStatus.NodeRuntime.UNKNOWN)));
    }
}
