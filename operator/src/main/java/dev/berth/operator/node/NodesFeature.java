package dev.berth.operator.node;

import dev.berth.operator.fence.Fence;
import dev.berth.operator.node.TrustedNamespaces.Trust;
import dev.berth.operator.registry.RegistryFeature;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Puts the Registries and mirrors of trusted namespaces into the nodes' list of hosts, and reports how far nodes
 * follow it by the condition `NodesConfigured`.
 */
public final class NodesFeature implements RegistryFeature {
    /** The agents' management port. */
    static final int AGENT_PORT = 5002;

    /** The condition that reports how far nodes follow the list. */
    public static final String CONDITION = NodesCondition.TYPE;

    /** The condition that reports how far nodes are with images that they pull in advance. */
    public static final String PRELOADED = PreloadedCondition.TYPE;

    private final HostsUpdate hosts;
    private final NodesConditions conditions;
    private final Function<Cache<Registry>, NodesEventSource> events;

    /**
     * Where things are.
     *
     * @param operator the operator's own namespace; whoever may write ConfigMaps there decides which namespaces nodes trust
     * @param nodes the namespace of the agents
     */
    public record Namespaces(String operator, String nodes) {}

    /**
     * The nodes of a cluster.
     *
     * @param mirrors which upstreams nodes ask Registries for
     * @param changed wakes mirrors, by their `namespace/name`, whose condition may have changed
     */
    public NodesFeature(
            KubernetesClient client,
            Namespaces namespaces,
            Clock clock,
            MirrorHost.Source mirrors,
            Consumer<Predicate<String>> changed,
            Fence fence) {
        var informers = NodesInformers.of(client, namespaces, fence);
        var writer = new HostsWriter(client, namespaces.nodes(), clock);
        this.hosts = new HostsUpdate(informers, writer, mirrors, clock, fence);
        var agents = new Agents(
                new MountRefresh(client, clock),
                new AgentClient(AGENT_PORT),
                informers::agents,
                hosts::current,
                clock,
                fence);
        this.conditions = new NodesConditions(informers, agents, hosts, namespaces.operator());
        this.events = registries -> new NodesEventSource(registries, informers, agents, hosts, changed, fence);
    }

    @Override
    public List<EventSource<?, Registry>> eventSources(EventSourceContext<Registry> context) {
        return List.of(events.apply(context.getPrimaryCache()));
    }

    @Override
    public Outcome reconcile(Registry registry, Context<Registry> context) {
        var entry = hosts.entry(registry, context);
        hosts.requestIfChanged(registry, entry, context);
        var found = conditions.of(registry, entry, WantedHosts.hasNoEndpoint(registry, context));
        return new Outcome(found.findings(), found.counts());
    }

    /** Whether nodes may pull the images of a Registry in advance. */
    public boolean preloads(Registry registry) {
        return conditions.preloads(registry);
    }

    /** Whether an administrator lets the Registries of a namespace put their pull secrets into other namespaces. */
    public boolean trustsPullSecretsOf(String namespace) {
        return conditions.trusts(namespace, Trust.pullSecrets);
    }

    /** How far the nodes are with a mirror. It is empty until the operator has computed the list of hosts after its start. Any thread may ask. */
    public Optional<NodesFound> of(MirrorHost mirror, boolean enabled) {
        return conditions.of(mirror, enabled);
    }

    /** The list of hosts as it was written last. */
    HostList written() {
        return hosts.current();
    }
}
