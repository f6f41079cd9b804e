package dev.berth.operator.node;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.node.TrustedNamespaces.Trust;
import dev.berth.protocol.hosts.NodeHost;
import dev.berth.v1alpha1.Registry;
import java.util.Optional;

/** Makes the conditions `NodesConfigured` of Registries and mirrors from the present trust, agents and list of hosts. Any thread. */
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

    /**
     * The condition of a Registry.
     *
     * @param entry in the list of hosts; empty while a child of the Registry that it needs does not exist
     * @param noEndpoint whether its certificate is valid for no host by which nodes could connect
     */
    Finding of(Registry registry, Optional<NodeHost> entry, boolean noEndpoint) {
        if (noEndpoint && WantedHosts.concernsNodes(registry, informers.trusted())) {
            return NodesCondition.noEndpoint();
        }
        var namespace = registry.getMetadata().getNamespace();
        return NodesCondition.of(new NodesCondition.Question(
                "registry",
                informers.trusted().commandToTrust(namespace, Trust.registries, operatorNamespace),
                registry.getSpec().nodes().enabled(),
                trusts(namespace, Trust.registries),
                Optional.empty(),
                entry,
                nodes(),
                hosts.current()));
    }

    /** The condition of a mirror; empty until the list of hosts was computed since the start. */
    Optional<Finding> of(MirrorHost mirror, boolean enabled) {
        return hosts.workedOut() ? Optional.of(of(mirror, enabled, hosts.current())) : Optional.empty();
    }

    private Finding of(MirrorHost mirror, boolean enabled, HostList list) {
        var namespace = mirror.registry().namespace();
        var listed = hosts.wanted().host(mirror.upstream());
        return NodesCondition.of(new NodesCondition.Question(
                "mirror",
                informers.trusted().commandToTrust(namespace, Trust.mirrors, operatorNamespace),
                enabled,
                trusts(namespace, Trust.mirrors),
                listed.filter(host -> !mirror.isBy(host)).map(NodesConditions::owner),
                listed.filter(mirror::isBy),
                nodes(),
                list));
    }

    private NodesSeen nodes() {
        return new NodesSeen(NodesSeen.scheduled(informers.daemonSet()), agents.reports());
    }

    private static String owner(NodeHost host) {
        return host.mirror().map(mirror -> "ImageMirror " + mirror).orElse("the Registry at " + host.name());
    }
}
