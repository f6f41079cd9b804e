package dev.berth.operator.node;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.node.TrustedNamespaces.Trust;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells nodes about the registries and mirrors of trusted namespaces, and each of those how far they got: the condition `NodesConfigured`.
 */
public final class NodesFeature implements RegistryFeature {
    /** The agents' management port. */
    public static final int AGENT_PORT = 5002;

    /** The condition that tells how far nodes got. */
    public static final String CONDITION = NodesFinding.TYPE;

    private final NodesNamespaces namespaces;
    private final MirrorHosts mirrors;
    private final Runnable changed;
    private final NodesInformers informers;
    private final HostsWriter writer;
    private final Agents agents;
    private volatile Optional<NodeHosts> known = Optional.empty();

    /**
     * The nodes of a cluster.
     *
     * @param mirrors which upstreams nodes are to ask registries for
     * @param changed called when mirrors may have to hear of nodes anew
     */
    public NodesFeature(
            KubernetesClient client,
            NodesNamespaces namespaces,
            int agentPort,
            Clock clock,
            MirrorHosts mirrors,
            Runnable changed) {
        this.namespaces = namespaces;
        this.mirrors = mirrors;
        this.changed = changed;
        this.informers = NodesInformers.of(client, namespaces);
        this.writer = new HostsWriter(client, namespaces.nodes());
        this.agents = new Agents(
                new MountRefresh(client, clock), new AgentClient(agentPort), informers::pods, writer::current, clock);
    }

    @Override
    public List<EventSource<?, Registry>> eventSources(EventSourceContext<Registry> context) {
        return List.of(new NodesEventSource(context.getPrimaryCache(), informers, agents, changed));
    }

    @Override
    public Finding reconcile(Registry registry, Context<Registry> context) {
        publish(context);
        Optional<NodeHost> entry = entry(registry, context);
        String namespace = registry.getMetadata().getNamespace();
        return NodesFinding.of(new NodesFinding.Question(
                "registry",
                informers.trusted().commandToTrust(namespace, Trust.registries, namespaces.operator()),
                registry.getSpec().nodes().enabled(),
                trusted(registry),
                Optional.empty(),
                entry,
                new NodesSeen(NodesSeen.scheduled(informers.agents()), agents.reports()),
                revision -> entry.filter(e -> writer.had(revision, e)).isPresent()));
    }

    /** Whether an administrator lets the Registries of a namespace put their pull secrets into other namespaces. */
    public boolean trustsPullSecretsOf(String namespace) {
        return informers.trusted().contains(namespace, Trust.pullSecrets);
    }

    /** How a mirror stands with the nodes; empty while nodes haven't been looked at since the start. Any thread. */
    public Optional<Finding> finding(MirrorHost mirror, boolean enabled) {
        return known.map(hosts -> finding(mirror, enabled, hosts));
    }

    private Finding finding(MirrorHost mirror, boolean enabled, NodeHosts hosts) {
        String namespace = mirror.registry().namespace();
        Optional<NodeHost> there = hosts.host(mirror.upstream());
        Optional<NodeHost> entry = there.filter(host -> host.isOf(mirror));
        return NodesFinding.of(new NodesFinding.Question(
                "mirror",
                informers.trusted().commandToTrust(namespace, Trust.mirrors, namespaces.operator()),
                enabled,
                informers.trusted().contains(namespace, Trust.mirrors),
                there.filter(host -> !host.isOf(mirror)).map(NodesFeature::owner),
                entry,
                new NodesSeen(NodesSeen.scheduled(informers.agents()), agents.reports()),
                revision -> entry.filter(e -> writer.had(revision, e)).isPresent()));
    }

    private static String owner(NodeHost host) {
        return host.mirror() == null ? "the Registry at " + host.name() : "ImageMirror " + host.mirror();
    }

    private void publish(Context<Registry> context) {
        Optional<NodeHosts> before = known;
        if (informers.agents().isEmpty()) {
            known = Optional.of(NodeHosts.NONE); // nobody would read it, and perhaps its namespace isn't there
        } else {
            if (writer.update(hosts -> wanted(hosts, context), informers::hosts)) {
                agents.hurry();
            }
            known = writer.current();
        }
        if (!known.equals(before)) {
            changed.run();
        }
    }

    /** An entry whose Service or authority is away for a moment stays as it was: nodes go on pulling while it heals. */
    private NodeHosts wanted(NodeHosts before, Context<Registry> context) {
        Map<String, NodeHost> hosts = new TreeMap<>();
        context.getPrimaryCache()
                .list(this::concernsNodes)
                .flatMap(registry ->
                        entry(registry, context)
                                .or(() -> before.host(RegistryNames.of(registry).address()))
                                .stream())
                .forEach(entry -> hosts.put(entry.name(), entry));
        mirrors.wanted(context).stream()
                .filter(mirror -> informers.trusted().contains(mirror.registry().namespace(), Trust.mirrors))
                .flatMap(mirror -> entry(mirror, before, context).stream())
                .forEach(entry -> hosts.putIfAbsent(entry.name(), entry));
        return NodeHosts.of(hosts.values().stream()
                .filter(entry -> entry.ca().length() <= NodeHost.LONGEST_CA)
                .toList());
    }

    /** None for a registry that isn't there (any more). */
    private static Optional<NodeHost> entry(MirrorHost mirror, NodeHosts before, Context<Registry> context) {
        RegistryNames names = mirror.registry();
        return context.getPrimaryCache()
                .get(new ResourceID(names.name(), names.namespace()))
                .filter(registry -> !registry.isMarkedForDeletion())
                .flatMap(registry -> entry(registry, context)
                        .map(entry -> entry.inPlaceOf(mirror))
                        .or(() -> before.host(mirror.upstream()).filter(entry -> entry.isOf(mirror))));
    }

    private boolean concernsNodes(Registry registry) {
        return !registry.isMarkedForDeletion() && registry.getSpec().nodes().enabled() && trusted(registry);
    }

    private boolean trusted(Registry registry) {
        return informers.trusted().contains(registry.getMetadata().getNamespace(), Trust.registries);
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
