package dev.berth.operator.node;

import dev.berth.operator.fence.Fence;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * The objects about nodes and trust, kept up to date: ConfigMaps, the DaemonSet of agents and its Pods. These
 * informers are not the SDK's, since none of the objects belongs to one Registry.
 */
final class NodesInformers implements AutoCloseable {
    static final String AGENT_LABEL = "app.kubernetes.io/name";

    private final SharedIndexInformer<ConfigMap> trust;
    private final SharedIndexInformer<ConfigMap> hosts;
    private final SharedIndexInformer<DaemonSet> agents;
    private final SharedIndexInformer<Pod> pods;
    private final Fence fence;
    private volatile Trusted trusted = new Trusted(Optional.empty());

    /** The trusted namespaces of a ConfigMap. It is read once, since every reconciliation asks. */
    private record Trusted(Optional<ConfigMap> source, TrustedNamespaces namespaces) {
        Trusted(Optional<ConfigMap> source) {
            this(source, TrustedNamespaces.of(source));
        }
    }

    /** Is called when something has changed, on threads of the informers. */
    interface Listener {
        /** Namespaces whose trust has changed. */
        void trust(Set<String> namespaces);

        /** A part of the list of hosts was changed or deleted. */
        void hosts(int part, Optional<ConfigMap> now);

        /** The DaemonSet was replaced, or the number of its nodes has changed. */
        void nodes();

        /** An agent was started, stopped or moved. */
        void agents();
    }

    private NodesInformers(
            SharedIndexInformer<ConfigMap> trust,
            SharedIndexInformer<ConfigMap> hosts,
            SharedIndexInformer<DaemonSet> agents,
            SharedIndexInformer<Pod> pods,
            Fence fence) {
        this.trust = trust;
        this.hosts = hosts;
        this.agents = agents;
        this.pods = pods;
        this.fence = fence;
    }

    static NodesInformers of(KubernetesClient client, NodesFeature.Namespaces namespaces, Fence fence) {
        return new NodesInformers(
                informer(client.configMaps().inNamespace(namespaces.operator()).withName(TrustedNamespaces.CONFIG_MAP)),
                informer(client.configMaps()
                        .inNamespace(namespaces.nodes())
                        .withLabel(HostShard.COMPONENT_LABEL, HostShard.COMPONENT)),
                informer(client.apps()
                        .daemonSets()
                        .inNamespace(namespaces.nodes())
                        .withName(NodesSeen.AGENTS)),
                informer(client.pods().inNamespace(namespaces.nodes()).withLabel(AGENT_LABEL, NodesSeen.AGENTS)),
                fence);
    }

    /** Starts the informers and returns when they have listed everything. Before that no namespace would be trusted. */
    void start(Listener listener) {
        trust.addEventHandler(calling((before, now) -> {
            var changed = TrustedNamespaces.of(now).changed(TrustedNamespaces.of(before));
            if (!changed.isEmpty()) {
                listener.trust(changed);
            }
        }));
        hosts.addEventHandler(calling((before, now) ->
                now.or(() -> before).flatMap(HostShard::numberOf).ifPresent(part -> listener.hosts(part, now))));
        agents.addEventHandler(calling((before, now) -> {
            if (!uid(before).equals(uid(now)) || !NodesSeen.scheduled(before).equals(NodesSeen.scheduled(now))) {
                listener.nodes();
            }
        }));
        pods.addEventHandler(calling((before, now) -> {
            if (!before.flatMap(AgentPod::whereabouts).equals(now.flatMap(AgentPod::whereabouts))) {
                listener.agents();
            }
        }));
        CompletableFuture.allOf(all().stream()
                        .map(informer -> informer.start().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    TrustedNamespaces trusted() {
        var now = only(trust);
        Trusted known = trusted;
        if (!version(now).equals(version(known.source()))) {
            known = fence.get(
                    "trust", TrustedNamespaces.CONFIG_MAP, () -> new Trusted(now), new Trusted(Optional.empty()));
            trusted = known;
        }
        return known.namespaces();
    }

    /** The present parts of the list of hosts. */
    Map<Integer, ConfigMap> hosts() {
        var parts = new TreeMap<Integer, ConfigMap>();
        hosts.getStore().list().forEach(map -> HostShard.numberOf(map).ifPresent(number -> parts.put(number, map)));
        return parts;
    }

    Optional<DaemonSet> daemonSet() {
        return only(agents);
    }

    /** The running agents. */
    Agents.AgentsSeen agents() {
        var running = pods.getStore().list().stream()
                .flatMap(pod -> fence
                        .get(
                                "node-agents",
                                pod.getFullResourceName(),
                                () -> AgentPod.of(pod),
                                Optional.<AgentPod>empty())
                        .stream())
                .toList();
        return new Agents.AgentsSeen(uid(daemonSet()), running);
    }

    @Override
    public void close() {
        all().forEach(SharedIndexInformer::stop);
    }

    private List<SharedIndexInformer<?>> all() {
        return List.of(trust, hosts, agents, pods);
    }

    private static <R> SharedIndexInformer<R> informer(Informable<R> watched) {
        // Keeps trying for as long as the operator lives: an API server that is away comes back.
        return watched.runnableInformer(0).exceptionHandler((started, problem) -> started);
    }

    private static <R extends HasMetadata> Optional<R> only(SharedIndexInformer<R> informer) {
        return informer.getStore().list().stream().findFirst();
    }

    private static Optional<String> uid(Optional<? extends HasMetadata> object) {
        return object.flatMap(
                present -> Optional.ofNullable(present.getMetadata().getUid()));
    }

    private static Optional<String> version(Optional<? extends HasMetadata> object) {
        return object.flatMap(
                present -> Optional.ofNullable(present.getMetadata().getResourceVersion()));
    }

    /**
     * A handler that fences exceptions.
     *
     * @param change called with the object before and after the change
     */
    private <R extends HasMetadata> ResourceEventHandler<R> calling(BiConsumer<Optional<R>, Optional<R>> change) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(R added) {
                changed(Optional.empty(), Optional.of(added), added);
            }

            @Override
            public void onUpdate(R before, R now) {
                changed(Optional.of(before), Optional.of(now), now);
            }

            @Override
            public void onDelete(R gone, boolean stateUnknown) {
                changed(Optional.of(gone), Optional.empty(), gone);
            }

            private void changed(Optional<R> before, Optional<R> now, R object) {
                fence.run("nodes-informers", object.getFullResourceName(), () -> change.accept(before, now));
            }
        };
    }
}
