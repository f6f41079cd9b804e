package dev.berth.operator.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What the cluster has about nodes and trust, kept up to date: two ConfigMaps, the agents' DaemonSet and its pods. Informers of our own
 * and not the SDK's: none of these objects belongs to one registry.
 */
final class NodesInformers implements AutoCloseable {
    static final String AGENT_LABEL = "app.kubernetes.io/name";

    private final SharedIndexInformer<ConfigMap> trust;
    private final SharedIndexInformer<ConfigMap> hosts;
    private final SharedIndexInformer<DaemonSet> agents;
    private final SharedIndexInformer<Pod> pods;

    private NodesInformers(
            SharedIndexInformer<ConfigMap> trust,
            SharedIndexInformer<ConfigMap> hosts,
            SharedIndexInformer<DaemonSet> agents,
            SharedIndexInformer<Pod> pods) {
        this.trust = trust;
        this.hosts = hosts;
        this.agents = agents;
        this.pods = pods;
    }

    static NodesInformers of(KubernetesClient client, NodesNamespaces namespaces) {
        return new NodesInformers(
                informer(client.configMaps().inNamespace(namespaces.operator()).withName(TrustedNamespaces.CONFIG_MAP)),
                informer(client.configMaps().inNamespace(namespaces.nodes()).withName(NodeHosts.CONFIG_MAP)),
                informer(client.apps()
                        .daemonSets()
                        .inNamespace(namespaces.nodes())
                        .withName(NodesSeen.AGENTS)),
                informer(client.pods().inNamespace(namespaces.nodes()).withLabel(AGENT_LABEL, NodesSeen.AGENTS)));
    }

    /**
     * Starts to watch; returns when everything that is there is known: until then nobody would be trusted.
     *
     * @param registriesConcerned called when trust, the list of hosts or the DaemonSet changed
     * @param agentsConcerned called when an agent came, went or moved
     */
    void start(Runnable registriesConcerned, Runnable agentsConcerned) {
        trust.addEventHandler(calling(registriesConcerned, ConfigMap::getData));
        hosts.addEventHandler(calling(registriesConcerned, ConfigMap::getData));
        agents.addEventHandler(calling(registriesConcerned, set -> NodesSeen.scheduled(Optional.of(set))));
        pods.addEventHandler(calling(agentsConcerned, NodesInformers::whereabouts));
        CompletableFuture.allOf(all().stream()
                        .map(informer -> informer.start().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    TrustedNamespaces trusted() {
        return TrustedNamespaces.of(only(trust));
    }

    Optional<ConfigMap> hosts() {
        return only(hosts);
    }

    Optional<DaemonSet> agents() {
        return only(agents);
    }

    /** Agents that run, by name; those on their way out are no longer asked. */
    List<Pod> pods() {
        return pods.getStore().list().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> pod.getSpec().getNodeName() != null)
                .toList();
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

    /** What of an agent's pod matters here; our own annotations don't. */
    private static List<Object> whereabouts(Pod pod) {
        return List.of(
                Optional.ofNullable(pod.getSpec().getNodeName()),
                Optional.ofNullable(pod.getStatus()).map(status -> status.getPodIP()),
                Optional.ofNullable(pod.getMetadata().getDeletionTimestamp()));
    }

    /** @param essence what has to be another for an update to count */
    private static <R> ResourceEventHandler<R> calling(Runnable concerned, Function<R, Object> essence) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(R added) {
                concerned.run();
            }

            @Override
            public void onUpdate(R before, R now) {
                if (!Objects.equals(essence.apply(before), essence.apply(now))) {
                    concerned.run();
                }
            }

            @Override
            public void onDelete(R gone, boolean stateUnknown) {
                concerned.run();
            }
        };
    }
}
