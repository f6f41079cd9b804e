package dev.berth.operator.node;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.registry.RegistryFeature;
import dev.berth.operator.registry.RegistryNames;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Tells nodes about the registries of trusted namespaces, and each registry how far they got: the condition `NodesConfigured`. */
public final class NodesFeature implements RegistryFeature {
    /** The agents' management port. */
    public static final int AGENT_PORT = 5002;

    private final NodesNamespaces namespaces;
    private final NodesInformers informers;
    private final HostsWriter writer;
    private final Agents agents;

    public NodesFeature(KubernetesClient client, NodesNamespaces namespaces, int agentPort, Clock clock) {
        this.namespaces = namespaces;
        this.informers = NodesInformers.of(client, namespaces);
        this.writer = new HostsWriter(client, namespaces.nodes());
        this.agents = new Agents(
                new MountRefresh(client, clock), new AgentClient(agentPort), informers::pods, writer::current, clock);
    }

    @Override
    public List<EventSource<?, Registry>> eventSources(EventSourceContext<Registry> context) {
        return List.of(new NodesEventSource(context.getPrimaryCache(), informers, agents));
    }

    @Override
    public Finding reconcile(Registry registry, Context<Registry> context) {
        publish(context);
        Optional<NodeHost> entry = entry(registry, context);
        return NodesFinding.of(new NodesFinding.Question(
                registry.getMetadata().getNamespace(),
                namespaces.operator(),
                registry.getSpec().nodes().enabled(),
                trusted(registry),
                entry,
                new NodesSeen(NodesSeen.scheduled(informers.agents()), agents.reports()),
                revision -> entry.filter(e -> writer.had(revision, e)).isPresent()));
    }

    @Override
    public void cleanup(Registry registry, Context<Registry> context) {
        publish(context);
    }

    private void publish(Context<Registry> context) {
        if (informers.agents().isEmpty()) {
            return; // nobody would read it, and perhaps its namespace isn't there
        }
        if (writer.update(before -> wanted(before, context), informers::hosts)) {
            agents.hurry();
        }
    }

    /** An entry whose Service or authority is away for a moment stays as it was: nodes go on pulling while it heals. */
    private NodeHosts wanted(NodeHosts before, Context<Registry> context) {
        return NodeHosts.of(context.getPrimaryCache()
                .list(this::concernsNodes)
                .flatMap(registry -> entry(registry, context)
                        .or(() -> before.host(RegistryNames.of(registry).address()))
                        .filter(entry -> entry.ca().length() <= NodeHost.LONGEST_CA)
                        .stream())
                .toList());
    }

    private boolean concernsNodes(Registry registry) {
        return !registry.isMarkedForDeletion() && registry.getSpec().nodes().enabled() && trusted(registry);
    }

    private boolean trusted(Registry registry) {
        return informers.trusted().contains(registry.getMetadata().getNamespace());
    }

    private static Optional<NodeHost> entry(Registry registry, Context<Registry> context) {
        RegistryNames names = RegistryNames.of(registry);
        Optional<String> address = child(Service.class, names.namespace(), names.service(), context)
                .flatMap(service -> Optional.ofNullable(service.getSpec().getClusterIP()));
        Optional<String> authority = child(ConfigMap.class, names.namespace(), names.authority(), context)
                .flatMap(map -> Optional.ofNullable(map.getData()).map(data -> data.get("ca.crt")));
        return address.flatMap(ip -> authority.map(ca -> NodeHost.at(names.address(), ip, ca)));
    }

    /** A child of any registry, not just of the one at hand, out of the caches that the SDK keeps for all of them. */
    private static <R extends HasMetadata> Optional<R> child(
            Class<R> type, String namespace, String name, Context<Registry> context) {
        return context.eventSourceRetriever().getEventSourcesFor(type).stream()
                .filter(Cache.class::isInstance)
                .map(source -> (Cache<?>) source)
                .flatMap(cache -> cache.get(new ResourceID(name, namespace)).stream())
                .map(type::cast)
                .findFirst();
    }
}
