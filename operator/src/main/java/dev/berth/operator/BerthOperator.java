package dev.berth.operator;

import dev.berth.operator.fence.Fence;
import dev.berth.operator.mirror.ImageMirrorReconciler;
import dev.berth.operator.mirror.MirrorNews;
import dev.berth.operator.mirror.MirrorNodes;
import dev.berth.operator.mirror.RegistryMirrors;
import dev.berth.operator.node.NodesFeature;
import dev.berth.operator.node.NodesNamespaces;
import dev.berth.operator.registry.Cluster;
import dev.berth.operator.registry.FieldManager;
import dev.berth.operator.registry.ManagementPort;
import dev.berth.operator.registry.RegistryChildren;
import dev.berth.operator.registry.RegistryFeature;
import dev.berth.operator.registry.RegistryReconciler;
import dev.berth.operator.registry.ServerImage;
import dev.berth.operator.registry.ServerStatusPoll;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
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

    private BerthOperator(Operator operator, OperatorPort port) {
        this.operator = operator;
        this.port = port;
    }

    public static void main(String[] args) {
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
     * Starts an operator on a cluster; it has seen the whole of it when this returns.
     *
     * @throws CannotStart with the one thing that is to be done, when the cluster isn't ready for it
     */
    public static BerthOperator start(OperatorSettings settings, KubernetesClient client) {
        Preconditions.check(client);
        var clock = Clock.systemUTC();
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var children = new RegistryChildren(
                clock, new SecureRandom(), new ServerImage(settings.serverImage()), settings.namespace());
        var operator = new Operator(overrider -> configure(overrider, settings, client, children, meters));
        var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        var servers = new ManagementPort(http);
        var news = new MirrorNews();
        var namespaces = new NodesNamespaces(settings.namespace(), settings.nodesNamespace());
        var nodes = new NodesFeature(client, namespaces, clock, MirrorNodes::wanted, news::nodes, new Fence(meters));
        operator.register(new RegistryReconciler(
                clock,
                new Cluster(client),
                new ServerStatusPoll(servers),
                new RegistryMirrors(client, news),
                List.<RegistryFeature>of(nodes)));
        operator.register(new ImageMirrorReconciler(clock, client, servers, new MirrorNodes(nodes), news));
        var port = OperatorPort.open(settings.port(), operator, meters);
        try {
            operator.start();
        } catch (RuntimeException failure) {
            port.close();
            throw CannotStart.because(failure, client.getMasterUrl());
        }
        log.info("watching registries in all namespaces; health and metrics on port {}", port.number());
        return new BerthOperator(operator, port);
    }

    private static void configure(
            ConfigurationServiceOverrider overrider,
            OperatorSettings settings,
            KubernetesClient client,
            RegistryChildren children,
            PrometheusMeterRegistry meters) {
        overrider
                .withKubernetesClient(client)
                .withDependentResourceFactory(children)
                .withDefaultNonSSAResource(Set.of())
                .withConcurrentReconciliationThreads(4)
                .withConcurrentWorkflowExecutorThreads(4)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(5))
                .withMetrics(MicrometerMetricsV2.newBuilder(meters).build());
        if (settings.leaderElection()) {
            overrider.withLeaderElectionConfiguration(
                    LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(FieldManager.NAME)
                            .withLeaseNamespace(settings.namespace())
                            .build());
        }
    }

    /** The port of `/livez`, `/readyz` and `/metrics`. */
    public int port() {
        return port.number();
    }

    @Override
    public void close() {
        operator.stop();
        port.close();
    }
}
