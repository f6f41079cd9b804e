package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.berth.operator.ApiServer;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.fence.Fence;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDRBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of a cluster with 200 agents and 500 trusted registries, on a real API server: all are told, one agent's news is for those whom it
 * concerns, and at rest nothing is written. Without the rest of the operator, whose children would take minutes to make.
 */
final class NodesScaleIT {
    private static final Logger LOG = LoggerFactory.getLogger(NodesScaleIT.class);
    private static final ApiServer SERVER = ApiServer.running();
    private static final KubernetesClient ADMIN = SERVER.admin();
    private static final String TEAM = "nodes-scale";
    private static final String AUTHORITY =
            "-----BEGIN CERTIFICATE-----\n" + "MIIB".repeat(160) + "\n-----END CERTIFICATE-----\n";
    private static final int AGENTS = 200;
    private static final int REGISTRIES = 500;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FeatureAlone reconciler = new FeatureAlone(meters);
    private final Map<String, String> troubled = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<HttpServer> agents = new ArrayList<>();
    private int writesOfOthers;
    private @Nullable Operator operator;

    @BeforeEach
    void start() throws IOException {
        writesOfOthers = SERVER.writes().size();
        SERVER.deleteRegistriesAndMirrors();
        SERVER.namespace(TEAM);
        makeRoomForServices();
        ADMIN.resource(trust(Map.of(TEAM, "registries"))).createOr(NonDeletingOperation::update);
        for (var number = 0; number < AGENTS; number++) {
            agents.add(agent(address(number)));
        }
        ADMIN.apps()
                .daemonSets()
                .inNamespace("berth-nodes")
                .resource(daemonSet())
                .serverSideApply();
        ADMIN.apps()
                .daemonSets()
                .inNamespace("berth-nodes")
                .withName("berth-node")
                .editStatus(set -> new DaemonSetBuilder(set)
                        .withNewStatus()
                        .withDesiredNumberScheduled(AGENTS)
                        .endStatus()
                        .build());
        each(AGENTS, NodesScaleIT::createAgent);
        each(REGISTRIES, NodesScaleIT::createRegistry);
        operator = new Operator(
                overrider -> overrider.withKubernetesClient(SERVER.operator()).withConcurrentReconciliationThreads(4));
    }

    @AfterEach
    void stop() {
        Optional.ofNullable(operator).ifPresent(Operator::stop);
        agents.forEach(agent -> agent.stop(0));
        threads.shutdownNow();
        ADMIN.resources(Registry.class).inNamespace(TEAM).delete();
        ADMIN.pods().inNamespace("berth-nodes").withGracePeriod(0).delete();
        ADMIN.apps().daemonSets().inNamespace("berth-nodes").delete();
        ADMIN.configMaps().inNamespace("berth-nodes").delete();
        ADMIN.resource(trust(Map.of())).createOr(NonDeletingOperation::update);
    }

    @Test
    void all_are_told_one_report_wakes_whom_it_concerns_and_at_rest_nothing_is_written() {
        var start = Instant.now();
        startOperator();
        await("all are configured")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(reconciler.messages())
                        .containsExactly(Map.entry("200 of 200 nodes (containerd 2.1.9: 200)", 500L)));
        var settled = Duration.between(start, Instant.now());
        var writes = hostWrites();
        int toSettle = reconciler.count();

        assertThat(writes).as("each part once or twice, and no pod").hasSizeLessThanOrEqualTo(2 * HostShard.COUNT);
        awaitRest(Duration.ofSeconds(3));

        var before = reconciler.counts();
        troubled.put(
                "127.78.0.9",
                "{\"name\":\"r7." + TEAM + ".svc\",\"state\":\"Conflict\",\"message\":\"somebody was here\"}");
        await("the conflict is told")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(reconciler.last("r7").reason()).isEqualTo("Conflict"));
        assertThat(reconciler.last("r7").message())
                .isEqualTo("199 of 200 nodes (containerd 2.1.9: 199); not node-9: somebody was here");
        awaitRest(Duration.ofSeconds(16)); // all agents are asked once in 15 s
        assertThat(reconciler.since(before)).containsOnlyKeys("r7");

        assertThat(hostWrites())
                .as("nothing is written at rest, nor for a report")
                .isEqualTo(writes);
        LOG.info(
                "{} registries on {} nodes: configured after {} ms with {} reconciliations and {} writes; a report woke {}",
                REGISTRIES,
                AGENTS,
                settled.toMillis(),
                toSettle,
                writes.size(),
                reconciler.since(before));
    }

    private void startOperator() {
        var alone = new Operator(
                overrider -> overrider.withKubernetesClient(SERVER.operator()).withConcurrentReconciliationThreads(4));
        operator = alone;
        alone.register(reconciler.with(SERVER.operator()));
        alone.start();
    }

    /** Waits until nobody was reconciled for that long. */
    private void awaitRest(Duration silence) {
        var last = new AtomicInteger(-1);
        await("nobody is reconciled any more")
                .atMost(Duration.ofSeconds(90))
                .pollDelay(Duration.ZERO)
                .pollInterval(silence)
                .until(() -> last.getAndSet(reconciler.count()) == reconciler.count());
    }

    /** Writes of the list, and of agents' pods. */
    private List<String> hostWrites() {
        return SERVER.writes().stream()
                .skip(writesOfOthers)
                .filter(line -> line.contains("berth-nodes/"))
                .toList();
    }

    private static String address(int number) {
        return "127.78.0." + number;
    }

    private HttpServer agent(String address) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(address, NodesFeature.AGENT_PORT), 0);
        server.setExecutor(threads);
        server.createContext("/status", exchange -> {
            try (exchange) {
                var status = ScriptedAgent.status(reconciler.list(), troubled.getOrDefault(address, ""))
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, status.length);
                exchange.getResponseBody().write(status);
            }
        });
        server.start();
        return server;
    }

    private void each(int count, IntConsumer creation) {
        CompletableFuture.allOf(IntStream.range(0, count)
                        .mapToObj(number -> CompletableFuture.runAsync(() -> creation.accept(number), threads))
                        .toArray(CompletableFuture[]::new))
                .orTimeout(2, TimeUnit.MINUTES)
                .join();
    }

    /** The API server of tests has 254 addresses. What a controller would say of more of them, the test does. */
    private static void makeRoomForServices() {
        var range = new ServiceCIDRBuilder()
                .withNewMetadata()
                .withName("room-for-services")
                .endMetadata()
                .withNewSpec()
                .withCidrs("10.64.0.0/16")
                .endSpec()
                .build();
        ADMIN.resource(range).createOr(NonDeletingOperation::update);
        ADMIN.resource(range)
                .editStatus(stored -> new ServiceCIDRBuilder(stored)
                        .withNewStatus()
                        .withConditions(new ConditionBuilder()
                                .withType("Ready")
                                .withStatus("True")
                                .withReason("Test")
                                .withMessage("")
                                .withLastTransitionTime(Instant.now()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString())
                                .build())
                        .endStatus()
                        .build());
    }

    private static void createAgent(int number) {
        var pod = ScriptedAgent.pod("node-" + number, address(number));
        ADMIN.resource(pod).create();
        ADMIN.pods()
                .inNamespace("berth-nodes")
                .withName(pod.getMetadata().getName())
                .editStatus(stored -> {
                    stored.setStatus(pod.getStatus());
                    return stored;
                });
    }

    private static void createRegistry(int number) {
        ADMIN.resource("""
                apiVersion: berth.dev/v1alpha1
                kind: Registry
                metadata: {name: r%d, namespace: %s}
                spec:
                  storage: {persistentVolumeClaim: {size: 20Gi}}
                """.formatted(number, TEAM)).create();
        var names = new RegistryNames(TEAM, "r" + number);
        ADMIN.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(names.service())
                        .withNamespace(TEAM)
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withPort(443)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        ADMIN.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(names.authority())
                        .withNamespace(TEAM)
                        .endMetadata()
                        .addToData("ca.crt", AUTHORITY)
                        .build())
                .create();
    }

    private static ConfigMap trust(Map<String, String> namespaces) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("berth-trusted-namespaces")
                .withNamespace("berth-system")
                .endMetadata()
                .withData(namespaces)
                .build();
    }

    private static DaemonSet daemonSet() {
        return ADMIN.apps()
                .daemonSets()
                .load(NodesScaleIT.class.getResourceAsStream("agents.yaml"))
                .item();
    }

    /** Reconciles registries with the nodes' feature and nothing else, and counts how often. */
    @ControllerConfiguration(name = "nodes-alone")
    private static final class FeatureAlone implements Reconciler<Registry> {
        private final Map<String, Finding> findings = new ConcurrentHashMap<>();
        private final Map<String, Integer> reconciliations = new ConcurrentHashMap<>();
        private final SimpleMeterRegistry meters;
        private Optional<NodesFeature> feature = Optional.empty();

        FeatureAlone(SimpleMeterRegistry meters) {
            this.meters = meters;
        }

        FeatureAlone with(KubernetesClient client) {
            feature = Optional.of(new NodesFeature(
                    client,
                    new NodesFeature.Namespaces("berth-system", "berth-nodes"),
                    Clock.systemUTC(),
                    context -> List.of(),
                    mirrors -> {},
                    new Fence(meters)));
            return this;
        }

        @Override
        public List<EventSource<?, Registry>> prepareEventSources(EventSourceContext<Registry> context) {
            var sources = new ArrayList<EventSource<?, Registry>>();
            sources.add(children(Service.class, "", context));
            sources.add(children(ConfigMap.class, "-ca", context));
            sources.addAll(feature.orElseThrow().eventSources(context));
            return sources;
        }

        @Override
        public UpdateControl<Registry> reconcile(Registry registry, Context<Registry> context) {
            var name = registry.getMetadata().getName();
            var outcome = feature.orElseThrow().reconcile(registry, context);
            findings.put(name, outcome.findings().getFirst());
            reconciliations.merge(name, 1, Integer::sum);
            return UpdateControl.noUpdate();
        }

        /** How many registries are told what. */
        Map<String, Long> messages() {
            return findings.values().stream().collect(Collectors.groupingBy(Finding::message, Collectors.counting()));
        }

        Finding last(String name) {
            return findings.getOrDefault(name, Finding.unknown("none", "None", ""));
        }

        int count() {
            return reconciliations.values().stream().mapToInt(Integer::intValue).sum();
        }

        Map<String, Integer> counts() {
            return Map.copyOf(reconciliations);
        }

        Map<String, Integer> since(Map<String, Integer> before) {
            var more = new ConcurrentHashMap<String, Integer>();
            reconciliations.forEach((name, count) -> {
                if (count > before.getOrDefault(name, 0)) {
                    more.put(name, count - before.getOrDefault(name, 0));
                }
            });
            return more;
        }

        /** What agents find in their mounts. */
        HostList list() {
            return feature.map(NodesFeature::written).orElse(HostList.NONE);
        }

        private static <R extends HasMetadata> EventSource<R, Registry> children(
                Class<R> type, String suffix, EventSourceContext<Registry> context) {
            return new InformerEventSource<>(
                    InformerEventSourceConfiguration.from(type, Registry.class)
                            .withName(type.getSimpleName())
                            .withNamespaces(Set.of(TEAM))
                            .withSecondaryToPrimaryMapper(child -> {
                                var name = child.getMetadata().getName();
                                return name.endsWith(suffix)
                                        ? Set.of(new ResourceID(
                                                name.substring(0, name.length() - suffix.length()), TEAM))
                                        : Set.of();
                            })
                            .build(),
                    context);
        }
    }
}
