package dev.berth.operator;

import dev.berth.operator.OperatorSettings.LeaderElection;
import dev.berth.operator.cache.CompactStore;
import dev.berth.operator.cache.FaultKeepingCloner;
import dev.berth.operator.fence.Fence;
import dev.berth.operator.mirror.ImageMirrorReconciler;
import dev.berth.operator.mirror.MirrorNews;
import dev.berth.operator.mirror.MirrorNodes;
import dev.berth.operator.mirror.RegistryMirrors;
import dev.berth.operator.node.NodesFeature;
import dev.berth.operator.node.NodesNamespaces;
import dev.berth.operator.registry.Cluster;
import dev.berth.operator.registry.CopiesOwner;
import dev.berth.operator.registry.ManagementPort;
import dev.berth.operator.registry.RegistryChildren;
import dev.berth.operator.registry.RegistryFeature;
import dev.berth.operator.registry.RegistryReconciler;
import dev.berth.operator.registry.ServerImage;
import dev.berth.operator.registry.UpgradeTurns;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
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

/** The operator: makes registries what their specs say. `main` wires it by hand; reading it is reading the architecture. */
public final class BerthOperator implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BerthOperator.class);

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

    public static void main(String[] args) {
        keepFewConnections();
        try {
            var settings = OperatorSettings.from(System.getenv());
            var operator = start(settings, new KubernetesClientBuilder().build());
            Runtime.getRuntime().addShutdownHook(new Thread(operator::close, "shutdown"));
        } catch (OperatorSettings.BadSetting | CannotStart reason) {
            log.error("{}", reason.getMessage());
            System.exit(1);
        }
    }

    /**
     * The JDK's HTTP client keeps connections for half a minute, each with buffers of 32 KiB: to every node agent, which is asked more often than
     * that, and to 1,500 servers. It reads this property when it is first used.
     */
    private static void keepFewConnections() {
        System.setProperty("jdk.httpclient.connectionPoolSize", "32");
    }

    /**
     * Starts an operator on a cluster; it has seen the whole of it when this returns.
     *
     * @throws CannotStart with the one thing that is to be done, when the cluster isn't ready for it
     */
    public static BerthOperator start(OperatorSettings settings, KubernetesClient client) {
        var owner = Preconditions.check(client);
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var deployment = settings.deployment().map(name -> new OwnDeployment(client, settings.namespace(), name));
        var leadership = new Leadership(
                isElected(
                        settings,
                        deployment.filter(OwnDeployment::hasSeveralReplicas).isPresent()),
                () -> end(1));
        var operator = operator(settings, client, owner, meters, leadership);
        var port = OperatorPort.open(settings.port(), operator, meters);
        try {
            operator.start();
        } catch (RuntimeException failure) {
            port.close();
            throw CannotStart.because(failure, client.getMasterUrl());
        }
        log.info("watching registries in all namespaces; health and metrics on port {}", port.number());
        var alone = settings.leaderElection() == LeaderElection.AUTO && leadership.getAsBoolean();
        var watch = deployment.filter(own -> alone).map(own -> own.watch(BerthOperator::joinElection));
        return new BerthOperator(operator, port, leadership, () -> watch.ifPresent(informer -> informer.stop()));
    }

    private static Operator operator(
            OperatorSettings settings,
            KubernetesClient client,
            CopiesOwner owner,
            PrometheusMeterRegistry meters,
            Leadership leadership) {
        var clock = Clock.systemUTC();
        var fence = new Fence(meters);
        var turns = new UpgradeTurns(clock);
        var children = new RegistryChildren(
                clock, new SecureRandom(), new ServerImage(settings.serverImage()), settings.namespace(), owner, turns);
        var operator = new Operator(overrider -> configure(overrider, settings, client, children, meters, leadership));
        var servers = new ManagementPort(
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build());
        var news = new MirrorNews();
        var mirrors = new RegistryMirrors(client, settings.namespace(), news, fence);
        var namespaces = new NodesNamespaces(settings.namespace(), settings.nodesNamespace());
        var nodes = new NodesFeature(client, namespaces, clock, MirrorNodes::wanted, news::nodes, fence);
        operator.register(
                new RegistryReconciler(
                        clock,
                        new Cluster(client),
                        servers,
                        mirrors,
                        nodes::trustsPullSecretsOf,
                        turns,
                        List.<RegistryFeature>of(nodes),
                        leadership,
                        fence),
                overrider -> overrider
                        .withItemStore(CompactStore.withoutManagedFields(Registry.class, client))
                        .withInformerListLimit(CompactStore.PAGE));
        operator.register(
                new ImageMirrorReconciler(
                        clock, mirrors.objects(), servers, new MirrorNodes(nodes), news, leadership, fence),
                overrider -> overrider
                        .withItemStore(CompactStore.withoutManagedFields(ImageMirror.class, client))
                        .withInformerListLimit(CompactStore.PAGE));
        return operator;
    }

    private static void configure(
            ConfigurationServiceOverrider overrider,
            OperatorSettings settings,
            KubernetesClient client,
            RegistryChildren children,
            PrometheusMeterRegistry meters,
            Leadership leadership) {
        overrider
                .withKubernetesClient(client)
                .withResourceCloner(new FaultKeepingCloner(client.getKubernetesSerialization()))
                .withDependentResourceFactory(children)
                .withDefaultNonSSAResource(Set.of())
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
        log.info("the operator's Deployment has several replicas now; ending, to start again with leader election");
        end(0);
    }

    /** On a thread of its own, for the shutdown waits for the threads of the operator. */
    private static void end(int code) {
        Thread.ofPlatform().name("end").start(() -> System.exit(code));
    }

    /** The port of `/livez`, `/readyz` and `/metrics`. */
    public int port() {
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
