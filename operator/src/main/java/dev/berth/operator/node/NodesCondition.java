package dev.berth.operator.node;

import static dev.berth.operator.node.ReportTexts.names;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.node.AgentStatus.Host;
import dev.berth.operator.registry.StatusReport;
import dev.berth.protocol.hosts.NodeHost;
import dev.berth.protocol.status.PreloadReport;
import dev.berth.v1alpha1.NodeCounts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The condition `NodesConfigured` of a Registry or an ImageMirror. The first obstacle that is present decides. Pure. */
final class NodesCondition {
    static final String TYPE = StatusReport.NODES_CONFIGURED;

    private final Question question;

    NodesCondition(Question question) {
        this.question = question;
    }

    /**
     * What the condition is made from.
     *
     * @param subject `registry` or `mirror`, for the messages
     * @param trusting the command that trusts its namespace
     * @param taken another Registry or mirror that has the host already
     * @param entry in the list of hosts; empty while a child of the Registry that it needs does not exist
     * @param list of hosts as it was written last
     */
    record Question(
            String subject,
            String trusting,
            boolean enabled,
            boolean trusted,
            Optional<String> taken,
            Optional<NodeHost> entry,
            NodesSeen nodes,
            HostList list) {}

    /** For a Registry whose own certificate is valid for no host that nodes can connect to: it is not in their list of hosts. */
    static Finding noEndpoint() {
        return Finding.fails(
                TYPE,
                NodesReasons.CERTIFICATE_NAME_MISSING,
                "nodes are not configured for this Registry, because they would refuse its certificate; see the condition"
                        + " CertificateValid");
    }

    static Finding of(Question question) {
        return new NodesCondition(question).finding();
    }

    Finding finding() {
        return Stream.<Function<NodesCondition, Optional<Finding>>>of(
                        NodesCondition::disabled,
                        NodesCondition::notTrusted,
                        NodesCondition::withoutAgents,
                        NodesCondition::taken,
                        NodesCondition::withoutEntry,
                        NodesCondition::leftOut,
                        NodesCondition::notApplicable,
                        NodesCondition::refused,
                        NodesCondition::behind,
                        NodesCondition::doubtful)
                .flatMap(obstacle -> obstacle.apply(this).stream())
                .findFirst()
                .orElseGet(this::configured);
    }

    /** The numbers of nodes; without those of preloaded images. */
    NodeCounts counts() {
        int configured = reports(this::configured).size();
        return new NodeCounts(configured, total(configured), outside().size(), null, null, null);
    }

    /** The agents of nodes that can be configured. */
    List<AgentReport> applicable() {
        return reports(report -> true);
    }

    /** Whether an agent has read the entry of this host as it is now. */
    boolean follows(AgentReport report) {
        return question.entry()
                .flatMap(entry ->
                        report.status().filter(status -> question.list().followed(entry, status)))
                .isPresent();
    }

    /** How far a node is with the images that it pulls in advance from this host; empty if it pulls none. */
    Optional<PreloadReport> preload(AgentReport report) {
        return question.entry().flatMap(entry -> report.status().flatMap(status -> status.preload(entry.name())));
    }

    private Optional<Finding> disabled() {
        return question.enabled()
                ? Optional.empty()
                : fails(
                        NodesReasons.DISABLED,
                        "spec.nodes.enabled is false, so nodes are not configured for this " + question.subject());
    }

    private Optional<Finding> notTrusted() {
        if (question.trusted()) {
            return Optional.empty();
        }
        return fails(
                NodesReasons.NAMESPACE_NOT_TRUSTED,
                "an administrator has not trusted this namespace's " + plural()
                        + " with the cluster's nodes; this command does: " + question.trusting());
    }

    private Optional<Finding> withoutAgents() {
        return question.nodes().scheduled().isPresent()
                ? Optional.empty()
                : fails(
                        NodesReasons.AGENTS_MISSING,
                        "there is no DaemonSet " + NodesSeen.AGENTS
                                + " of node agents; install it with: kubectl apply -k deploy/");
    }

    private Optional<Finding> taken() {
        return question.taken()
                .flatMap(other -> fails(
                        NodesReasons.HOST_TAKEN,
                        "a node has one configuration for each host, and " + other
                                + " was there first; it stays until it is deleted or its spec.nodes.enabled is false"));
    }

    private Optional<Finding> withoutEntry() {
        if (question.entry().isEmpty()) {
            return fails(
                    NodesReasons.CONFIGURING, "waiting for the Service and the certificate authority of the Registry");
        }
        return question.entry().get().caTooLong()
                ? fails(
                        NodesReasons.AUTHORITY_TOO_LONG,
                        "ca.crt of this Registry is longer than " + NodeHost.LONGEST_CA
                                + " characters; leave only the authority of its own certificate in it")
                : Optional.empty();
    }

    private Optional<Finding> leftOut() {
        return question.entry()
                .filter(entry -> question.list().leftOut().contains(entry.name()))
                .flatMap(entry -> fails(
                        NodesReasons.LIST_FULL,
                        "ConfigMap " + HostShard.configMapName(HostShard.numberOf(entry.name()))
                                + ", the part of the nodes' list of hosts that " + entry.name()
                                + " belongs to, is full; nodes are not configured for this " + question.subject()
                                + " until there is space: delete Registries that nobody uses, or set spec.nodes.enabled of"
                                + " some to false"));
    }

    private Optional<Finding> notApplicable() {
        var nodes = question.nodes();
        var out = outside();
        if (nodes.reports().isEmpty() && nodes.scheduled().orElse(0) == 0) {
            return fails(
                    NodesReasons.NOT_APPLICABLE,
                    "0 of 0 nodes; DaemonSet " + NodesSeen.AGENTS
                            + " is scheduled on none: agents run on linux/amd64 nodes");
        }
        if (out.size()
                < Math.max(1, Math.max(nodes.reports().size(), nodes.scheduled().orElse(0)))) {
            return Optional.empty();
        }
        return fails(NodesReasons.NOT_APPLICABLE, "0 of 0 nodes" + notApplicableToo());
    }

    private Optional<Finding> refused() {
        var refusing = reports(report -> host(report).isPresent());
        return refusing.stream()
                .findFirst()
                .flatMap(this::host)
                .map(first -> Finding.fails(
                        TYPE,
                        first.conflict() ? NodesReasons.CONFLICT : NodesReasons.NODE_FAILED,
                        progress() + "; not " + names(refusing) + ": " + first.why()));
    }

    private Optional<Finding> behind() {
        var behind = reports(report -> !configured(report));
        int missing = question.nodes().scheduled().orElse(0)
                - question.nodes().reports().size();
        if (behind.isEmpty() && missing <= 0) {
            return Optional.empty();
        }
        var problems = behind.stream()
                .flatMap(report -> report.status().stream())
                .flatMap(NodesCondition::problem)
                .toList();
        String waiting = behind.isEmpty() ? "agents to start" : names(behind);
        return fails(
                NodesReasons.CONFIGURING,
                progress() + "; waiting for " + waiting + (problems.isEmpty() ? "" : ": " + problems.getFirst()));
    }

    /** The files are on the node, but it is unknown whether the runtime reads them. */
    private Optional<Finding> doubtful() {
        var doubting = reports(report -> doubt(report).isPresent());
        return doubting.stream()
                .findFirst()
                .flatMap(NodesCondition::doubt)
                .map(doubt -> Finding.unknown(
                        TYPE,
                        NodesReasons.RUNTIME_IN_DOUBT,
                        progress() + ", but on " + names(doubting) + ": " + doubt));
    }

    private Finding configured() {
        return Finding.holds(TYPE, NodesReasons.CONFIGURED, progress() + untested());
    }

    private String progress() {
        var done = reports(this::configured);
        return done.size() + " of " + total(done.size()) + " nodes" + ReportTexts.runtimes(done) + notApplicableToo();
    }

    /** Nodes to configure. The DaemonSet may not count a node yet whose agent runs already. */
    private int total(int configured) {
        return Math.max(question.nodes().scheduled().orElse(0) - outside().size(), configured);
    }

    private String notApplicableToo() {
        return ReportTexts.leftOut(outside(), "not applicable", AgentReport::notApplicable);
    }

    /** Counts the nodes whose files are written, but whose agent can make no test pull. */
    private String untested() {
        return ReportTexts.leftOut(reports(this::configured), "without a test pull", AgentReport::untested);
    }

    private boolean configured(AgentReport report) {
        return follows(report)
                && report.status().filter(status -> status.more() == 0).isPresent()
                && host(report).isEmpty();
    }

    /** Why an agent has not set up this host. */
    private Optional<Host> host(AgentReport report) {
        return question.entry().flatMap(entry -> report.status().flatMap(status -> status.troubled(entry.name())));
    }

    private static Optional<String> doubt(AgentReport report) {
        return report.status().flatMap(AgentStatus::doubt);
    }

    private static Stream<String> problem(AgentStatus status) {
        return status.more() > 0
                ? Stream.of("more hosts are not set up there than its agent can name; see its log")
                : status.problem().stream();
    }

    /** Nodes that cannot be configured, such as those with another container runtime. The condition does not wait for them. */
    private List<AgentReport> outside() {
        return question.nodes().reports().stream()
                .filter(report -> report.notApplicable().isPresent())
                .toList();
    }

    private List<AgentReport> reports(Predicate<AgentReport> which) {
        return question.nodes().reports().stream()
                .filter(report -> report.notApplicable().isEmpty())
                .filter(which)
                .toList();
    }

    private String plural() {
        return question.subject().equals("registry") ? "registries" : question.subject() + "s";
    }

    private static Optional<Finding> fails(String reason, String message) {
        return Optional.of(Finding.fails(TYPE, reason, message));
    }
}
