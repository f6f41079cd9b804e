package dev.berth.operator;

import dev.berth.operator.OperatorSettings.LeaderElection;
import dev.berth.operator.cache.CompactStore;
import dev.berth.operator.cache.FaultKeepingCloner;
import dev.berth.operator.fence.Fence;
import dev.berth.operator.mirror.ImageMirrorReconciler;
import dev.berth.operator.mirror.MirrorInputs;
import dev.berth.operator.mirror.MirrorNodes;
import dev.berth.operator.mirror.MirrorWakeups;
import dev.berth.operator.mirror.MirrorWatches;
import dev.berth.operator.mirror.RegistryMirrors;
import dev.berth.operator.node.NodesFeature;
import dev.berth.operator.registry.RegistryChildren;
import dev.berth.operator.registry.RegistryReconciler;
import dev.berth.operator.registry.RegistrySources;
import dev.berth.operator.registry.ServerStatus;
import dev.berth.operator.resource.NamedObjectsWatch;
import dev.berth.operator.resource.ReferencedObjects;
import dev.berth.operator.resource.WatchedNamespaces;
import dev.berth.operator.server.NodePull;
import dev.berth.operator.server.ServerImage;
import dev.berth.v1alpha1.BerthResource;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator. It connects all packages by hand, so its methods show the architecture from top to bottom. */
public final class BerthOperator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BerthOperator.class);

    private final Operator operator;
    private final OperatorPort port;
    private final Leadership leadership;
    private final Runnable stopWatching;

    private BerthOperator(Operator operator, OperatorPort port, Leadership leadership, Runnable stopWatching) {
        this.operator = operator;
        this.port = port;
        this.leadership = leadership;
        this.stopWatching = stopWatching;
    }

    /**
     * Starts an operator. When this returns, its informers have listed all that it watches.
     *
     * @throws CannotStart if the cluster is not ready for it; the message says what to do
     */
    public static BerthOperator start(OperatorSettings settings, Config cluster) {
        var meters = meters();
        var client = ApiCalls.countedClient(cluster, meters);
        var found = Preconditions.check(client, settings.watched());
        var deployment = settings.deployment().map(name -> new OwnDeployment(client, settings.namespace(), name));
        var leadership = new Leadership(
                isElected(
                        settings,
                        deployment.filter(OwnDeployment::hasSeveralReplicas).isPresent()),
                () -> end(1));
        var operator = operator(settings, client, found, meters, leadership);
        var port = OperatorPort.open(settings.port(), operator, meters);
        try {
            operator.start();
        } catch (RuntimeException failure) {
            port.close();
            throw CannotStart.because(failure, client.getMasterUrl());
        }
        LOG.info("watching registries in {}; health and metrics on port {}", found.watched(), port.number());
        var alone = settings.leaderElection() == LeaderElection.AUTO && leadership.getAsBoolean();
        var watch = deployment.filter(own -> alone).map(own -> own.watch(BerthOperator::joinElection));
        var later = LeftOutNamespaces.of(found.leftOut(), client, BerthOperator::watchMore);
        return new BerthOperator(operator, port, leadership, () -> {
            watch.ifPresent(informer -> informer.stop());
            later.close();
        });
    }

    private static PrometheusMeterRegistry meters() {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        return meters;
    }

    private static Operator operator(
            OperatorSettings settings,
            KubernetesClient client,
            Preconditions.Found found,
            PrometheusMeterRegistry meters,
            Leadership leadership) {
        var clock = Clock.systemUTC();
        var fence = new Fence(meters);
        var operator = new Operator(overrider -> configure(overrider, settings, client, meters, leadership));
        var objects = new ReferencedObjects.InCluster(client);
        var servers = ServerStatus.managementPort(
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build());
        var wakeups = new MirrorWakeups();
        var inputs = new MirrorInputs.Reader(objects, settings.namespace());
        var mirrors = new RegistryMirrors(client, inputs, wakeups, fence);
        var namespaces = new NodesFeature.Namespaces(settings.namespace(), settings.nodesNamespace());
        var nodes = new NodesFeature(client, namespaces, clock, MirrorNodes::wanted, wakeups::nodesChanged, fence);
        var children = new RegistryChildren(
                clock,
                new SecureRandom(),
                ServerImage.on(client, settings.serverImage()),
                settings.namespace(),
                found.owner());
        var sources = new RegistrySources(
                objects,
                new NamedObjectsWatch<>("registryinputs", client, changed -> {}, fence),
                servers,
                mirrors,
                registry -> NodePull.of(registry, settings.nodesNamespace(), nodes.preloads(registry)),
                nodes::trustsPullSecretsOf);
        register(
                operator,
                new RegistryReconciler(children, sources, List.of(nodes), clock, leadership, fence),
                Registry.class,
                client,
                found.watched());
        register(
                operator,
                new ImageMirrorReconciler(
                        inputs,
                        new MirrorNodes(nodes),
                        new MirrorWatches.Sources(servers, wakeups, fence),
                        clock,
                        leadership),
                ImageMirror.class,
                client,
                found.watched());
        return operator;
    }

    /** All event sources of a controller watch its namespaces. */
    private static <R extends BerthResource<?, ?>> void register(
            Operator operator,
            Reconciler<R> reconciler,
            Class<R> type,
            KubernetesClient client,
            WatchedNamespaces watched) {
        operator.register(reconciler, overrider -> {
            overrider.withInformerListLimit(CompactStore.PAGE);
            if (watched.areLimited()) { // an informer for each namespace, and so no store that they could share
                overrider.settingNamespaces(watched.names());
            } else {
                overrider.withItemStore(CompactStore.withoutManagedFields(type, client));
            }
        });
    }

    private static void configure(
            ConfigurationServiceOverrider overrider,
            OperatorSettings settings,
            KubernetesClient client,
            PrometheusMeterRegistry meters,
            Leadership leadership) {
        overrider
                .withKubernetesClient(client)
                .withResourceCloner(new FaultKeepingCloner(client.getKubernetesSerialization()))
                .withDefaultNonSSAResource(Set.of())
                .withCloneSecondaryResourcesWhenGettingFromCache(
                        settings.watched().areLimited())
                .withCacheSyncTimeout(CannotStart.LONGEST_LISTING)
                .withConcurrentReconciliationThreads(4)
                .withConcurrentWorkflowExecutorThreads(4)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(5))
                .withMetrics(MicrometerMetricsV2.newBuilder(meters).build());
        leadership.election(settings.namespace()).ifPresent(overrider::withLeaderElectionConfiguration);
    }

    private static boolean isElected(OperatorSettings settings, boolean severalReplicas) {
        return switch (settings.leaderElection()) {
            case ON -> true;
            case OFF -> false;
            case AUTO -> severalReplicas;
        };
    }

    private static void joinElection() {
        LOG.info(
                "the operator's Deployment has several replicas now; the operator ends and restarts with leader election");
        end(0);
    }

    private static void watchMore(String namespace) {
        LOG.info("the operator may watch namespace {} now; it ends and restarts with this namespace", namespace);
        end(0);
    }

    /** Ends the process from a thread of its own, since the shutdown waits for the operator's threads. */
    private static void end(int code) {
        Thread.ofPlatform().name("end").start(() -> System.exit(code));
    }

    /** The port of `/livez`, `/readyz` and `/metrics`. */
    int port() {
        return port.number();
    }

    @Override
    public void close() {
        leadership.close();
        stopWatching.run();
        operator.stop();
        port.close();
    }
}
