package dev.berth.operator.node;

import static dev.berth.operator.node.ReportTexts.names;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.registry.StatusReport;
import dev.berth.protocol.status.PreloadReport;
import dev.berth.v1alpha1.NodeCounts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The condition `Preloaded` of a Registry or an ImageMirror. The first obstacle that is present decides. Pure. */
final class PreloadedCondition {
    static final String TYPE = StatusReport.PRELOADED;

    private final Question question;
    private final List<AgentReport> waiting;
    private final List<AgentReport> selected;

    /**
     * What the condition is made from.
     *
     * @param nodes about the host
     * @param configured whether its entry is in the list of hosts
     * @param trusted whether its namespace may make nodes pull images in advance
     * @param trusting the command that trusts the namespace
     */
    record Question(NodesCondition nodes, boolean enabled, boolean configured, boolean trusted, String trusting) {}

    PreloadedCondition(Question question) {
        this.question = question;
        this.waiting = question.nodes().applicable().stream()
                .filter(report -> !question.nodes().follows(report))
                .toList();
        this.selected = question.nodes().applicable().stream()
                .filter(question.nodes()::follows)
                .filter(report -> preload(report).isPresent())
                .toList();
    }

    Finding finding() {
        return Stream.<Function<PreloadedCondition, Optional<Finding>>>of(
                        PreloadedCondition::disabled,
                        PreloadedCondition::notTrusted,
                        PreloadedCondition::notConfigured,
                        PreloadedCondition::refused,
                        PreloadedCondition::behind,
                        PreloadedCondition::noneSelected)
                .flatMap(obstacle -> obstacle.apply(this).stream())
                .findFirst()
                .orElseGet(() -> Finding.holds(TYPE, NodesReasons.PRELOADED, progress()));
    }

    /** The counts of nodes with those of preloaded images. */
    NodeCounts counts() {
        var nodes = question.nodes().counts();
        return new NodeCounts(
                nodes.configured(),
                nodes.total(),
                nodes.notApplicable(),
                complete().size(),
                selected.size() - complete().size() - failing().size(),
                failing().size());
    }

    private Optional<Finding> disabled() {
        return question.enabled()
                ? Optional.empty()
                : fails(NodesReasons.DISABLED, "spec.nodes.enabled is false, so nodes pull no image in advance");
    }

    private Optional<Finding> notTrusted() {
        return question.trusted()
                ? Optional.empty()
                : fails(
                        NodesReasons.NAMESPACE_NOT_TRUSTED,
                        "preloaded images take space on the disks of nodes, and an administrator has not trusted this"
                                + " namespace with that; this command does: " + question.trusting());
    }

    private Optional<Finding> notConfigured() {
        return question.configured()
                ? Optional.empty()
                : fails(NodesReasons.CONFIGURING, "nodes are not configured; see the condition NodesConfigured");
    }

    private Optional<Finding> refused() {
        return failing().stream()
                .findFirst()
                .flatMap(this::preload)
                .flatMap(first -> fails(
                        NodesReasons.PRELOAD_FAILED,
                        progress() + "; not " + names(failing()) + ": "
                                + first.message().orElse("its agent gave no reason; see its log")));
    }

    private Optional<Finding> behind() {
        var behind = Stream.concat(waiting.stream(), selected(report -> !report.complete()).stream())
                .sorted()
                .toList();
        return behind.isEmpty()
                ? Optional.empty()
                : fails(NodesReasons.PRELOADING, progress() + "; waiting for " + names(behind));
    }

    private Optional<Finding> noneSelected() {
        return selected.isEmpty()
                ? fails(
                        NodesReasons.NO_NODE_SELECTED,
                        "no agent pulls images in advance: no node has the labels that spec.nodes.selector names, or the"
                                + " agents are older than this operator")
                : Optional.empty();
    }

    private String progress() {
        return complete().size() + " of " + selected.size() + " nodes";
    }

    private List<AgentReport> complete() {
        return selected(PreloadReport::complete);
    }

    private List<AgentReport> failing() {
        return selected(report -> !report.complete() && report.failed() > 0);
    }

    private List<AgentReport> selected(Predicate<PreloadReport> which) {
        return selected.stream()
                .filter(report -> preload(report).filter(which).isPresent())
                .toList();
    }

    private Optional<PreloadReport> preload(AgentReport report) {
        return question.nodes().preload(report);
    }

    private static Optional<Finding> fails(String reason, String message) {
        return Optional.of(Finding.fails(TYPE, reason, message));
    }
}
