package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.berth.operator.ApiServer;
import dev.berth.operator.BerthOperator;
import dev.berth.operator.NothingForbidden;
import dev.berth.operator.OperatorSettings;
import dev.berth.protocol.hosts.LabelRequirement;
import dev.berth.protocol.hosts.NodeHost;
import dev.berth.protocol.hosts.Preload;
import dev.berth.v1alpha1.Condition;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.NodeCounts;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What nodes are told, on a real API server; the agents are stand-ins that answer on addresses of this machine. */
@ExtendWith(NothingForbidden.class)
final class NodesIT {
    private static final ApiServer SERVER = ApiServer.running();
    private static final KubernetesClient ADMIN = SERVER.admin();

    private ScriptedAgent one;
    private ScriptedAgent two;
    private BerthOperator operator;

    @BeforeEach
    void start() throws IOException {
        trust(Map.of());
        ADMIN.apps().daemonSets().inNamespace("berth-nodes").resource(agents()).serverSideApply();
        ADMIN.apps()
                .daemonSets()
                .inNamespace("berth-nodes")
                .withName("berth-node")
                .editStatus(set -> new DaemonSetBuilder(set)
                        .withNewStatus()
                        .withDesiredNumberScheduled(2)
                        .endStatus()
                        .build());
        one = agent("one", "127.77.0.1");
        two = agent("two", "127.77.0.2");
        operator = BerthOperator.start(OperatorSettings.from(Map.of("BERTH_PORT", "0")), SERVER.operatorConfig());
    }

    @AfterEach
    void stop() {
        SERVER.deleteRegistriesAndMirrors();
        operator.close();
        one.close();
        two.close();
        ADMIN.pods().inNamespace("berth-nodes").withGracePeriod(0).delete();
        ADMIN.apps().daemonSets().inNamespace("berth-nodes").delete();
        ADMIN.configMaps().inNamespace("berth-nodes").delete();
    }

    @Test
    void nodes_hear_of_a_registry_once_its_namespace_is_trusted_and_no_longer_when_it_is_deleted() {
        registry("nodes-a", "apps");
        eventually(() -> assertThat(condition("nodes-a", "apps")).satisfies(condition -> {
            assertThat(condition.status()).isEqualTo(Condition.Status.FALSE);
            assertThat(condition.reason()).isEqualTo("NamespaceNotTrusted");
            assertThat(condition.message()).contains("kubectl -n berth-system patch configmap");
        }));
        assertThat(hosts()).isEmpty();

        trust(Map.of("nodes-a", "registries"));
        eventually(() -> assertThat(hosts()).singleElement().satisfies(host -> {
            assertThat(host.name()).isEqualTo("apps.nodes-a.svc");
            assertThat(host.endpoint()).isEqualTo("https://" + clusterIp("nodes-a", "apps"));
            assertThat(host.ca()).contains(authority("nodes-a", "apps"));
        }));

        ADMIN.resources(Registry.class).inNamespace("nodes-a").withName("apps").delete();
        eventually(() -> assertThat(hosts()).isEmpty());
        assertThat(parts()).as("also those without entries").hasSize(16);
    }

    @Test
    void a_registry_is_configured_when_the_agents_of_all_nodes_say_so() {
        trust(Map.of("nodes-b", "registries"));
        one.follows(NodesIT::list);
        two.follows(() -> HostList.NONE);
        registry("nodes-b", "apps");

        eventually(() -> assertThat(condition("nodes-b", "apps").message())
                .isEqualTo("1 of 2 nodes (containerd 2.1.9: 1); waiting for two"));
        eventually(() -> assertThat(annotations("two"))
                .containsEntry("berth.dev/hosts-sequence", String.valueOf(list().sequence())));

        two.follows(NodesIT::list);
        eventually(() -> {
            assertThat(condition("nodes-b", "apps").status()).isEqualTo(Condition.Status.TRUE);
            assertThat(condition("nodes-b", "apps").message()).isEqualTo("2 of 2 nodes (containerd 2.1.9: 2)");
        });
    }

    @Test
    void an_agent_that_does_not_follow_is_asked_again_but_not_in_a_hurry_that_never_ends() {
        trust(Map.of("nodes-i", "registries"));
        one.follows(NodesIT::list);
        two.follows(() -> HostList.NONE);
        registry("nodes-i", "apps");
        eventually(() -> assertThat(annotations("two")).containsKey("berth.dev/hosts-asked-again"));

        var start = Instant.now();
        int asked = two.asked.get();
        eventually(() -> assertThat(two.asked.get()).isGreaterThanOrEqualTo(asked + 4));
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofSeconds(2));
        assertThat(annotations("one")).doesNotContainKey("berth.dev/hosts-asked-again");
    }

    @Test
    void an_operator_that_is_restarted_writes_nothing_where_nodes_are_settled() {
        trust(Map.of("nodes-h", "registries"));
        one.follows(NodesIT::list);
        two.follows(NodesIT::list);
        registry("nodes-h", "apps");
        eventually(() -> assertThat(condition("nodes-h", "apps").status()).isEqualTo(Condition.Status.TRUE));
        operator.close();
        int asked = one.asked.get();
        var before = SERVER.writes();

        operator = BerthOperator.start(OperatorSettings.from(Map.of("BERTH_PORT", "0")), SERVER.operatorConfig());
        eventually(() -> assertThat(one.asked.get()).isGreaterThanOrEqualTo(asked + 2));
        assertThat(SERVER.writes().subList(before.size(), SERVER.writes().size()))
                .isEmpty();
        assertThat(condition("nodes-h", "apps").status()).isEqualTo(Condition.Status.TRUE);
    }

    @Test
    void registries_don_t_fight_over_the_list_and_one_more_leaves_the_others_configured() {
        trust(Map.of("nodes-c", "registries", "nodes-d", "registries"));
        one.follows(NodesIT::list);
        two.follows(NodesIT::list);
        registry("nodes-c", "apps");
        eventually(() -> assertThat(condition("nodes-c", "apps").status()).isEqualTo(Condition.Status.TRUE));
        var before = list();
        var since = condition("nodes-c", "apps").lastTransitionTime();

        one.follows(() -> before);
        two.follows(() -> before);
        registry("nodes-d", "jobs");
        registry("nodes-d", "apps");
        eventually(() -> assertThat(hosts())
                .extracting(NodeHost::name)
                .containsExactly("apps.nodes-c.svc", "apps.nodes-d.svc", "jobs.nodes-d.svc"));
        eventually(() -> assertThat(condition("nodes-d", "jobs").reason()).isEqualTo("Configuring"));

        assertThat(condition("nodes-c", "apps").status())
                .as("an older list that has this entry as it is now will do")
                .isEqualTo(Condition.Status.TRUE);
        assertThat(condition("nodes-c", "apps").lastTransitionTime()).isEqualTo(since);
    }

    @Test
    void nodes_hear_of_a_mirror_once_its_namespace_is_trusted_with_mirrors_and_no_longer_when_it_is_deleted() {
        trust(Map.of("nodes-m", "registries"));
        registry("nodes-m", "apps");
        mirror("nodes-m", "hub", "");
        eventually(() -> assertThat(mirrorCondition("nodes-m", "hub")).satisfies(condition -> {
            assertThat(condition.reason()).isEqualTo("NamespaceNotTrusted");
            assertThat(condition.message()).endsWith("-p '{\"data\":{\"nodes-m\":\"registries,mirrors\"}}'");
        }));
        eventually(() -> assertThat(hosts()).extracting(NodeHost::name).containsExactly("apps.nodes-m.svc"));

        one.follows(NodesIT::list);
        two.follows(NodesIT::list);
        trust(Map.of("nodes-m", "registries,mirrors"));
        eventually(() -> assertThat(hosts())
                .filteredOn(host -> host.name().equals("docker.io"))
                .singleElement()
                .satisfies(host -> {
                    assertThat(host.mirror()).contains("nodes-m/hub");
                    assertThat(host.endpoint()).isEqualTo("https://" + clusterIp("nodes-m", "apps"));
                    assertThat(host.ca()).contains(authority("nodes-m", "apps"));
                }));
        eventually(() -> assertThat(mirrorCondition("nodes-m", "hub").message())
                .isEqualTo("2 of 2 nodes (containerd 2.1.9: 2)"));

        ADMIN.resources(ImageMirror.class)
                .inNamespace("nodes-m")
                .withName("hub")
                .delete();
        eventually(() -> assertThat(hosts()).extracting(NodeHost::name).containsExactly("apps.nodes-m.svc"));
    }

    @Test
    void nodes_preload_images_once_the_namespace_is_trusted_with_their_disks_and_the_registry_stays_ready_meanwhile() {
        trust(Map.of("nodes-t", "registries"));
        one.follows(NodesIT::list);
        two.follows(NodesIT::list);
        registry(
                "nodes-t", "apps", "nodes: {preload: [\"web:1\", \"team/job:2\"], selector: {matchLabels: {zone: a}}}");
        eventually(() -> assertThat(condition("nodes-t", "apps", "Preloaded")).satisfies(condition -> {
            assertThat(condition.reason()).isEqualTo("NamespaceNotTrusted");
            assertThat(condition.message()).endsWith("-p '{\"data\":{\"nodes-t\":\"registries,preload\"}}'");
        }));
        eventually(() ->
                assertThat(condition("nodes-t", "apps").message()).isEqualTo("2 of 2 nodes (containerd 2.1.9: 2)"));
        assertThat(hosts())
                .singleElement()
                .satisfies(host -> assertThat(host.preload()).isEmpty());
        assertThat(serverConfiguration("nodes-t", "apps")).doesNotContain("berth-node");

        trust(Map.of("nodes-t", "registries,preload"));
        eventually(() -> assertThat(hosts())
                .singleElement()
                .satisfies(host -> assertThat(host.preload())
                        .contains(new Preload(
                                List.of("web:1", "team/job:2"),
                                List.of(new LabelRequirement("zone", LabelRequirement.IN, List.of("a")))))));
        eventually(() -> assertThat(serverConfiguration("nodes-t", "apps"))
                .contains("namespace: berth-nodes", "name: berth-node", "- team/job\n", "- web\n"));

        one.preloads(
                NodesIT::list,
                "{\"host\":\"apps.nodes-t.svc\",\"images\":2,\"present\":1,\"failed\":1,"
                        + "\"message\":\"web:1: not found\"}");
        eventually(() -> assertThat(condition("nodes-t", "apps", "Preloaded")).satisfies(condition -> {
            assertThat(condition.reason()).isEqualTo("PreloadFailed");
            assertThat(condition.message()).isEqualTo("0 of 1 nodes; not one: web:1: not found");
        }));
        assertThat(counts("nodes-t", "apps")).isEqualTo(new NodeCounts(2, 2, 0, 0, 0, 1));
        assertThat(condition("nodes-t", "apps", "Ready").reason())
                .as("what nodes preload is no matter of Ready")
                .isEqualTo("Starting");

        one.preloads(NodesIT::list, "{\"host\":\"apps.nodes-t.svc\",\"images\":2,\"present\":2,\"failed\":0}");
        eventually(() ->
                assertThat(condition("nodes-t", "apps", "Preloaded").message()).isEqualTo("1 of 1 nodes"));
        assertThat(counts("nodes-t", "apps")).isEqualTo(new NodeCounts(2, 2, 0, 1, 0, 0));

        trust(Map.of("nodes-t", "registries"));
        eventually(() -> assertThat(hosts())
                .singleElement()
                .satisfies(host -> assertThat(host.preload()).isEmpty()));
        eventually(() -> assertThat(serverConfiguration("nodes-t", "apps")).doesNotContain("berth-node"));
    }

    @Test
    void nodes_preload_images_of_an_upstream_under_its_own_name() {
        trust(Map.of("nodes-u", "registries,mirrors,preload"));
        one.follows(NodesIT::list);
        two.follows(NodesIT::list);
        registry("nodes-u", "apps", "nodes: {preload: [\"web:1\"]}");
        mirror("nodes-u", "hub", "", ", preload: [\"library/nginx:1.27\"]");
        eventually(() -> assertThat(hosts())
                .extracting(NodeHost::name, host -> host.preload().map(Preload::images))
                .containsExactly(
                        tuple("apps.nodes-u.svc", Optional.of(List.of("web:1"))),
                        tuple("docker.io", Optional.of(List.of("library/nginx:1.27")))));
        eventually(() -> assertThat(serverConfiguration("nodes-u", "apps"))
                .contains("- web\n")
                .doesNotContain("nginx"));

        one.preloads(NodesIT::list, "{\"host\":\"docker.io\",\"images\":1,\"present\":0,\"failed\":0}");
        eventually(
                () -> assertThat(mirrorCondition("nodes-u", "hub", "Preloaded").message())
                        .isEqualTo("0 of 1 nodes; waiting for one"));
        two.preloads(NodesIT::list, "{\"host\":\"docker.io\",\"images\":1,\"present\":1,\"failed\":0}");
        one.preloads(NodesIT::list, "{\"host\":\"docker.io\",\"images\":1,\"present\":1,\"failed\":0}");
        eventually(
                () -> assertThat(mirrorCondition("nodes-u", "hub", "Preloaded").status())
                        .isEqualTo(Condition.Status.TRUE));
    }

    @Test
    void one_host_is_one_mirror_s_also_when_its_images_are_private() {
        trust(Map.of("nodes-n", "mirrors", "nodes-o", "mirrors"));
        registry("nodes-n", "apps");
        registry("nodes-o", "apps");
        mirror("nodes-n", "a-hub", "");
        eventually(
                () -> assertThat(hosts()).extracting(NodeHost::mirror).containsExactly(Optional.of("nodes-n/a-hub")));
        mirror("nodes-o", "hub", "");
        eventually(() -> assertThat(mirrorCondition("nodes-o", "hub")).satisfies(condition -> {
            assertThat(condition.reason()).isEqualTo("HostTaken");
            assertThat(condition.message()).contains("ImageMirror nodes-n/a-hub was there first");
        }));
        ADMIN.resources(ImageMirror.class).inNamespace("nodes-n").delete();
        eventually(() -> assertThat(hosts()).extracting(NodeHost::mirror).containsExactly(Optional.of("nodes-o/hub")));

        ADMIN.resources(ImageMirror.class).inNamespace("nodes-o").delete();
        eventually(() -> assertThat(hosts()).isEmpty());
        one.follows(NodesIT::list);
        two.follows(NodesIT::list);
        mirror("nodes-o", "hub", ", credentialsSecretRef: {name: login}", ", preload: [\"library/nginx:1.27\"]");
        eventually(() -> assertThat(hosts()).extracting(NodeHost::mirror).containsExactly(Optional.of("nodes-o/hub")));
        eventually(() -> assertThat(mirrorCondition("nodes-o", "hub").status()).isEqualTo(Condition.Status.TRUE));
        assertThat(mirrorCondition("nodes-o", "hub", "Preloaded").reason()).isEqualTo("PrivateImages");
        assertThat(hosts().getFirst().preload())
                .as("nodes have no login of their own")
                .isEmpty();
    }

    @Test
    void a_list_that_somebody_changed_or_deleted_is_written_again() {
        trust(Map.of("nodes-e", "registries"));
        registry("nodes-e", "apps");
        eventually(() -> assertThat(hosts()).hasSize(1));

        var part = HostShard.configMapName(HostShard.numberOf("apps.nodes-e.svc"));
        long first = list().sequence();
        ADMIN.configMaps()
                .inNamespace("berth-nodes")
                .withName(part)
                .edit(map -> new ConfigMapBuilder(map)
                        .addToData("hosts.yaml", "hosts: []\n")
                        .build());
        eventually(() -> assertThat(hosts()).hasSize(1));
        long second = list().sequence();
        assertThat(second).isGreaterThan(first);

        ADMIN.configMaps().inNamespace("berth-nodes").withName(part).delete();
        eventually(() -> assertThat(hosts()).hasSize(1));
        assertThat(list().sequence()).as("grows even where it was lost").isGreaterThan(second);
    }

    @Test
    void one_registry_more_is_one_write_of_one_part() {
        trust(Map.of("nodes-k", "registries"));
        registry("nodes-k", "apps");
        eventually(() -> assertThat(hosts()).hasSize(1));
        eventually(() -> assertThat(parts()).hasSize(16));
        var before = list().shards().stream().map(HostShard::sequence).toList();

        registry("nodes-k", "jobs");
        eventually(() -> assertThat(hosts()).hasSize(2));
        var after = list().shards().stream().map(HostShard::sequence).toList();
        assertThat(IntStream.range(0, 16).filter(part -> !after.get(part).equals(before.get(part))))
                .containsExactly(HostShard.numberOf("jobs.nodes-k.svc"));
    }

    @Test
    void a_node_that_is_not_applicable_is_said_to_be_so_and_is_not_waited_for() {
        trust(Map.of("nodes-p", "registries"));
        one.follows(NodesIT::list);
        two.says(200, () -> "{\"notApplicable\":\"its runtime is another one\",\"sequences\":[]}");
        registry("nodes-p", "apps");
        eventually(() -> {
            assertThat(condition("nodes-p", "apps").status()).isEqualTo(Condition.Status.TRUE);
            assertThat(condition("nodes-p", "apps").message())
                    .isEqualTo(
                            "1 of 1 nodes (containerd 2.1.9: 1); 1 not applicable (two: its runtime is another one)");
        });
    }

    @Test
    void odd_objects_about_nodes_harm_nobody_else() {
        ADMIN.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("berth-node-hosts-3")
                        .withNamespace("berth-nodes")
                        .addToLabels(HostShard.COMPONENT_LABEL, HostShard.COMPONENT)
                        .endMetadata()
                        .addToData("hosts.yaml", "sequence: {a: [b]}\nhosts: 7\n")
                        .build())
                .createOr(NonDeletingOperation::update);
        trust(Map.of("nodes-q", "registries", "nodes-r", "\u0001,,,", "NODES..", "mirrors"));
        two.says(200, () -> "{\"hosts\":[null,{\"name\":7}],\"sequences\":\"x\",\"problem\":{}}");
        one.follows(NodesIT::list);
        registry("nodes-q", "apps");
        registry("nodes-r", "apps");

        eventually(() -> assertThat(condition("nodes-q", "apps").message())
                .startsWith("1 of 2 nodes (containerd 2.1.9: 1); waiting for two"));
        eventually(() -> assertThat(condition("nodes-r", "apps").reason()).isEqualTo("NamespaceNotTrusted"));
        two.follows(NodesIT::list);
        eventually(() ->
                assertThat(condition("nodes-q", "apps").message()).isEqualTo("2 of 2 nodes (containerd 2.1.9: 2)"));
    }

    @Test
    void the_list_of_an_operator_of_before_is_left_to_the_agents_that_still_read_it() {
        ADMIN.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("berth-node-hosts")
                        .withNamespace("berth-nodes")
                        .addToLabels("app.kubernetes.io/name", "berth-node")
                        .endMetadata()
                        .addToData("hosts.yaml", "hosts: [{name: apps.nodes-s.svc}]\n")
                        .build())
                .create();
        trust(Map.of("nodes-s", "registries"));
        one.follows(NodesIT::list);
        two.says(
                200,
                () ->
                        "{\"version\":\"0.1\",\"revision\":\"abc\",\"hosts\":[{\"name\":\"apps.nodes-s.svc\",\"state\":\"Configured\"}]}");
        registry("nodes-s", "apps");
        eventually(() -> assertThat(condition("nodes-s", "apps").message())
                .isEqualTo("1 of 2 nodes (containerd 2.1.9: 1); waiting for two"));
        assertThat(ADMIN.configMaps()
                        .inNamespace("berth-nodes")
                        .withName("berth-node-hosts")
                        .require()
                        .getData())
                .containsEntry("hosts.yaml", "hosts: [{name: apps.nodes-s.svc}]\n");
    }

    @Test
    void trust_that_is_withdrawn_takes_effect() {
        trust(Map.of("nodes-f", "registries"));
        registry("nodes-f", "apps");
        eventually(() -> assertThat(hosts()).hasSize(1));

        trust(Map.of());
        eventually(() -> assertThat(hosts()).isEmpty());
        eventually(() -> assertThat(condition("nodes-f", "apps").reason()).isEqualTo("NamespaceNotTrusted"));
    }

    @Test
    void without_agents_a_registry_says_so_and_nothing_is_written() {
        ADMIN.apps().daemonSets().inNamespace("berth-nodes").delete();
        trust(Map.of("nodes-g", "registries"));
        registry("nodes-g", "apps");

        eventually(() -> assertThat(condition("nodes-g", "apps").reason()).isEqualTo("AgentsMissing"));
        assertThat(parts()).isEmpty();

        ADMIN.apps().daemonSets().inNamespace("berth-nodes").resource(agents()).create();
        eventually(() -> assertThat(hosts()).hasSize(1));
    }

    private static void registry(String namespace, String name) {
        registry(namespace, name, "nodes: {}");
    }

    private static void registry(String namespace, String name, String nodes) {
        if (ADMIN.namespaces().withName(namespace).get() == null) {
            SERVER.namespace(namespace);
        }
        ADMIN.resource("""
                apiVersion: berth.dev/v1alpha1
                kind: Registry
                metadata: {name: %s, namespace: %s}
                spec:
                  storage: {persistentVolumeClaim: {size: 20Gi}}
                  %s
                """.formatted(name, namespace, nodes)).create();
    }

    private static void mirror(String namespace, String name, String upstream) {
        mirror(namespace, name, upstream, "");
    }

    private static void mirror(String namespace, String name, String upstream, String nodes) {
        ADMIN.resource("""
                apiVersion: berth.dev/v1alpha1
                kind: ImageMirror
                metadata: {name: %s, namespace: %s}
                spec:
                  registryRef: {name: apps}
                  upstream: {host: docker.io%s}
                  nodes: {enabled: true%s}
                """.formatted(name, namespace, upstream, nodes)).create();
    }

    private static String serverConfiguration(String namespace, String name) {
        return ADMIN.configMaps()
                .inNamespace(namespace)
                .withName(name + "-config")
                .require()
                .getData()
                .getOrDefault("config.yaml", "");
    }

    private static NodeCounts counts(String namespace, String name) {
        return Optional.ofNullable(ADMIN.resources(Registry.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .require()
                        .getStatus()
                        .nodes())
                .orElseThrow(() -> new AssertionError("no numbers of nodes yet"));
    }

    private static Condition mirrorCondition(String namespace, String name) {
        return mirrorCondition(namespace, name, "NodesConfigured");
    }

    private static Condition mirrorCondition(String namespace, String name, String type) {
        var mirror = ADMIN.resources(ImageMirror.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
        return Optional.ofNullable(mirror.getStatus())
                .flatMap(status -> status.condition(type))
                .orElseThrow(() -> new AssertionError("no " + type + " yet"));
    }

    private static void trust(Map<String, String> namespaces) {
        ADMIN.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("berth-trusted-namespaces")
                        .withNamespace("berth-system")
                        .endMetadata()
                        .withData(namespaces)
                        .build())
                .createOr(NonDeletingOperation::update);
    }

    private ScriptedAgent agent(String node, String address) throws IOException {
        var pod = ScriptedAgent.pod(node, address);
        ADMIN.resource(pod).create();
        ADMIN.pods()
                .inNamespace("berth-nodes")
                .withName(pod.getMetadata().getName())
                .editStatus(stored -> {
                    stored.setStatus(pod.getStatus());
                    return stored;
                });
        return new ScriptedAgent(address, NodesFeature.AGENT_PORT);
    }

    private static DaemonSet agents() {
        return ADMIN.apps()
                .daemonSets()
                .load(NodesIT.class.getResourceAsStream("agents.yaml"))
                .item();
    }

    private static Condition condition(String namespace, String name) {
        return condition(namespace, name, "NodesConfigured");
    }

    private static Condition condition(String namespace, String name, String type) {
        var registry = ADMIN.resources(Registry.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
        return Optional.ofNullable(registry.getStatus())
                .flatMap(status -> status.condition(type))
                .orElseThrow(() -> new AssertionError("no " + type + " yet"));
    }

    private static Map<Integer, ConfigMap> parts() {
        var parts = new TreeMap<Integer, ConfigMap>();
        ADMIN.configMaps()
                .inNamespace("berth-nodes")
                .list()
                .getItems()
                .forEach(map -> HostShard.numberOf(map).ifPresent(number -> parts.put(number, map)));
        return parts;
    }

    /** The list as agents find it. */
    private static HostList list() {
        var parts = parts();
        return new HostList(
                IntStream.range(0, HostShard.COUNT)
                        .mapToObj(number -> Optional.ofNullable(parts.get(number))
                                .map(map -> HostShard.read(number, map))
                                .orElseGet(() -> HostShard.neverWritten(number)))
                        .toList(),
                Set.of());
    }

    private static List<NodeHost> hosts() {
        return list().shards().stream()
                .flatMap(shard -> shard.hosts().values().stream())
                .map(HostShard.Listed::host)
                .sorted()
                .toList();
    }

    private static Map<String, String> annotations(String node) {
        return ADMIN.pods()
                .inNamespace("berth-nodes")
                .withName("berth-node-" + node)
                .require()
                .getMetadata()
                .getAnnotations();
    }

    private static String clusterIp(String namespace, String name) {
        return ADMIN.services()
                .inNamespace(namespace)
                .withName(name)
                .require()
                .getSpec()
                .getClusterIP();
    }

    private static String authority(String namespace, String name) {
        return ADMIN.configMaps()
                .inNamespace(namespace)
                .withName(name + "-ca")
                .require()
                .getData()
                .getOrDefault("ca.crt", "");
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(assertion);
    }
}
