package dev.berth.operator.node;

import dev.berth.operator.node.TrustedNamespaces.Trust;
import dev.berth.protocol.hosts.NodeHost;
import dev.berth.v1alpha1.Registry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the conditions `NodesConfigured` and `Preloaded` of Registries and mirrors from the present trust, agents and list of hosts. Any thread. */
final class NodesConditions {
    private final NodesInformers informers;
    private final Agents agents;
    private final HostsUpdate hosts;
    private final String operatorNamespace;

    /** @param operatorNamespace has the ConfigMap with the trusted namespaces */
    NodesConditions(NodesInformers informers, Agents agents, HostsUpdate hosts, String operatorNamespace) {
        this.informers = informers;
        this.agents = agents;
        this.hosts = hosts;
        this.operatorNamespace = operatorNamespace;
    }

    boolean trusts(String namespace, Trust trust) {
        return informers.trusted().contains(namespace, trust);
    }

    /** Whether nodes may pull the images of a Registry in advance. */
    boolean preloads(Registry registry) {
        return WantedHosts.preloads(registry, informers.trusted());
    }

    /**
     * How far the nodes are with a Registry: whether they can pull from it, and which of its images they pulled in advance.
     *
     * @param entry in the list of hosts; empty while a child of the Registry that it needs does not exist
     * @param noEndpoint whether its certificate is valid for no host by which nodes could connect
     */
    NodesFound of(Registry registry, Optional<NodeHost> entry, boolean noEndpoint) {
        if (noEndpoint && WantedHosts.concernsNodes(registry, informers.trusted())) {
            return new NodesFound(List.of(NodesCondition.noEndpoint()), Optional.empty());
        }
        var namespace = registry.getMetadata().getNamespace();
        var question = new NodesCondition.Question(
                "registry",
                commandToTrust(namespace, Set.of(Trust.registries)),
                registry.getSpec().nodes().enabled(),
                trusts(namespace, Trust.registries),
                Optional.empty(),
                entry,
                nodes(),
                hosts.current());
        var preloads = !registry.getSpec().nodes().preload().isEmpty();
        return of(question, preloads, namespace, Trust.registries);
    }

    /** How far the nodes are with a mirror. It is empty until the operator has computed the list of hosts after its start. */
    Optional<NodesFound> of(MirrorHost mirror, boolean enabled) {
        return hosts.workedOut() ? Optional.of(of(mirror, enabled, hosts.current())) : Optional.empty();
    }

    private NodesFound of(MirrorHost mirror, boolean enabled, HostList list) {
        var namespace = mirror.registry().namespace();
        var listed = hosts.wanted().host(mirror.upstream());
        var question = new NodesCondition.Question(
                "mirror",
                commandToTrust(namespace, Set.of(Trust.mirrors)),
                enabled,
                trusts(namespace, Trust.mirrors),
                listed.filter(host -> !mirror.isBy(host)).map(NodesConditions::owner),
                listed.filter(mirror::isBy),
                nodes(),
                list);
        return of(question, mirror.preload().isPresent(), namespace, Trust.mirrors);
    }

    /** @param basis what a namespace must be trusted with before it can be trusted with preloading */
    private NodesFound of(NodesCondition.Question question, boolean preloads, String namespace, Trust basis) {
        var nodes = new NodesCondition(question);
        var told = question.enabled() && question.trusted();
        if (!preloads) {
            return new NodesFound(List.of(nodes.finding()), told ? Optional.of(nodes.counts()) : Optional.empty());
        }
        var preloaded = new PreloadedCondition(new PreloadedCondition.Question(
                nodes,
                question.enabled(),
                question.entry()
                                .filter(entry ->
                                        question.list().host(entry.name()).isPresent())
                                .isPresent()
                        && question.taken().isEmpty(),
                question.trusted() && trusts(namespace, Trust.preload),
                commandToTrust(namespace, Set.of(basis, Trust.preload))));
        return new NodesFound(
                List.of(nodes.finding(), preloaded.finding()),
                told ? Optional.of(preloaded.counts()) : Optional.empty());
    }

    private String commandToTrust(String namespace, Set<Trust> more) {
        return informers.trusted().commandToTrust(namespace, more, operatorNamespace);
    }

    private NodesSeen nodes() {
        return new NodesSeen(NodesSeen.scheduled(informers.daemonSet()), agents.reports());
    }

    private static String owner(NodeHost host) {
        return host.mirror().map(mirror -> "ImageMirror " + mirror).orElse("the Registry at " + host.name());
    }
}
