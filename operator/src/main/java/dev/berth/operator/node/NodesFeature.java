package dev.berth.operator.node;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.fence.Fence;
import dev.berth.operator.node.TrustedNamespaces.Trust;
import dev.berth.operator.registry.RegistryFeature;
import dev.berth.operator.registry.RegistryNames;
import dev.berth.protocol.hosts.NodeHost;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Tells nodes about the registries and mirrors of trusted namespaces, and each of those how far they got: the condition `NodesConfigured`.
 */
public final class NodesFeature implements RegistryFeature {
    /** The agents' management port. */
    public static final int AGENT_PORT = 5002;

    /** The condition that tells how far nodes got. */
    public static final String CONDITION = NodesCondition.TYPE;

    private final NodesNamespaces namespaces;
    private final Consumer<Predicate<String>> changed;
    private final NodesInformers informers;
    private final HostsUpdate update;
    private final Agents agents;
    private final Fence fence;

    /**
     * The nodes of a cluster.
     *
     * @param mirrors which upstreams nodes are to ask registries for
     * @param changed called when mirrors may have to hear of nodes anew: those that the test holds for, by their `namespace/name`
     */
    public NodesFeature(
            KubernetesClient client,
            NodesNamespaces namespaces,
            Clock clock,
            MirrorHosts mirrors,
            Consumer<Predicate<String>> changed,
            Fence fence) {
        this.namespaces = namespaces;
        this.changed = changed;
        this.fence = fence;
        this.informers = NodesInformers.of(client, namespaces, fence);
        this.update =
                new HostsUpdate(informers, new HostsWriter(client, namespaces.nodes(), clock), mirrors, clock, fence);
        this.agents = new Agents(
                new MountRefresh(client, clock),
                new AgentClient(AGENT_PORT),
                informers::agents,
                update::current,
                clock,
                fence);
    }

    @Override
    public List<EventSource<?, Registry>> eventSources(EventSourceContext<Registry> context) {
        return List.of(new NodesEventSource(context.getPrimaryCache(), informers, agents, update, changed, fence));
    }

    @Override
    public Finding reconcile(Registry registry, Context<Registry> context) {
        Optional<NodeHost> entry = WantedHosts.entry(registry, context);
        if (mayChangeTheList(registry, entry)) {
            update.request(context);
        }
        if (WantedHosts.concernsNodes(registry, informers.trusted()) && WantedHosts.hasNoEndpoint(registry, context)) {
            return NodesCondition.noEndpoint();
        }
        String namespace = registry.getMetadata().getNamespace();
        return NodesCondition.of(new NodesCondition.Question(
                "registry",
                informers.trusted().commandToTrust(namespace, Trust.registries, namespaces.operator()),
                registry.getSpec().nodes().enabled(),
                informers.trusted().contains(namespace, Trust.registries),
                Optional.empty(),
                entry,
                nodes(),
                update.current()));
    }

    /** Whether an administrator lets the Registries of a namespace put their pull secrets into other namespaces. */
    public boolean trustsPullSecretsOf(String namespace) {
        return informers.trusted().contains(namespace, Trust.pullSecrets);
    }

    /** How a mirror stands with the nodes; empty while nodes haven't been looked at since the start. Any thread. */
    public Optional<Finding> finding(MirrorHost mirror, boolean enabled) {
        return update.workedOut() ? Optional.of(finding(mirror, enabled, update.current())) : Optional.empty();
    }

    private Finding finding(MirrorHost mirror, boolean enabled, HostList list) {
        String namespace = mirror.registry().namespace();
        Optional<NodeHost> listed = update.wanted().host(mirror.upstream());
        return NodesCondition.of(new NodesCondition.Question(
                "mirror",
                informers.trusted().commandToTrust(namespace, Trust.mirrors, namespaces.operator()),
                enabled,
                informers.trusted().contains(namespace, Trust.mirrors),
                listed.filter(host -> !mirror.isBy(host)).map(NodesFeature::owner),
                listed.filter(mirror::isBy),
                nodes(),
                list));
    }

    /** The list of hosts as nodes find it. */
    HostList written() {
        return update.current();
    }

    private NodesSeen nodes() {
        return new NodesSeen(NodesSeen.scheduled(informers.daemonSet()), agents.reports());
    }

    private static String owner(NodeHost host) {
        return host.mirror().map(mirror -> "ImageMirror " + mirror).orElse("the Registry at " + host.name());
    }

    /** Not for most of the reconciliations of thousands of registries that nodes know already. */
    private boolean mayChangeTheList(Registry registry, Optional<NodeHost> entry) {
        TrustedNamespaces trusted = informers.trusted();
        Optional<NodeHost> listed =
                update.current().host(RegistryNames.of(registry).address());
        Optional<NodeHost> wanted =
                WantedHosts.concernsNodes(registry, trusted) ? entry.or(() -> listed) : Optional.empty();
        return !update.workedOut()
                || trusted.contains(registry.getMetadata().getNamespace(), Trust.mirrors)
                || !wanted.equals(listed);
    }
}
