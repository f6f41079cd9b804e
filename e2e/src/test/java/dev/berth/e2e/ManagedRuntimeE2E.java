package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.e2e.cluster.Cluster;
import dev.berth.e2e.cluster.ClusterNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Nodes whose containerd reads no per-host files, and agents that may change that, from the installation to the uninstallation. */
@OnCluster(nodes = 2, alone = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ManagedRuntimeE2E {
    private static final String ADDED = "/etc/containerd/conf.d/99-berth.toml";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** An agent is sure that its containerd has come up when that has answered three times, a second apart. */
    private static final long MICROSECONDS_APART = 2_000_000;

    private static final String KUSTOMIZATION = """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [../../../deploy]
            components: [../../../deploy/node/manage-runtime-config]
            """;

    private final List<? extends ClusterNode> nodes;
    private final Path kustomization;
    private final Installation berth;
    private final RegistryOnCluster registry;
    private final List<Long> startsBefore;

    ManagedRuntimeE2E(Cluster cluster) throws IOException {
        nodes = cluster.nodes();
        assumeThat(nodes).as("nodes whose container runtime can be changed").isNotEmpty();
        nodes.forEach(ManagedRuntimeE2E::forgetPerHostFiles);
        awaitApiServer(cluster);
        startsBefore = nodes.stream().map(ManagedRuntimeE2E::start).toList();
        kustomization = Files.createDirectories(Checkout.target().resolve("managed-runtime"));
        Files.writeString(kustomization.resolve("kustomization.yaml"), KUSTOMIZATION);
        berth = Installation.on(cluster, kustomization);
        registry = RegistryOnCluster.apply(cluster, "team-managed");
    }

    @BeforeAll
    void trust() {
        berth.trust("team-managed");
        registry.await("Ready");
    }

    @Test
    @Order(1)
    void one_node_after_the_other_gets_the_file_and_restarts() {
        registry.kubectl("wait", "--for=condition=NodesConfigured", "registry/apps", "--timeout=180s");

        assertThat(nodes).allSatisfy(node -> assertThat(node.read(ADDED)).contains("config_path"));
        var starts = nodes.stream().map(ManagedRuntimeE2E::start).toList();
        assertThat(starts).doesNotContainAnyElementsOf(startsBefore);
        assertThat(Math.abs(starts.getFirst() - starts.getLast()))
                .as("microseconds between the restarts")
                .isGreaterThan(MICROSECONDS_APART);
        assertThat(berth.kubectl(
                        "-n",
                        Installation.NODES,
                        "get",
                        "lease",
                        "berth-node-restart",
                        "-o",
                        "jsonpath={.spec.leaseTransitions},{.spec.holderIdentity}"))
                .as("turns, and who has one")
                .isEqualTo("2,");
    }

    @Test
    @Order(2)
    void a_pod_on_each_node_pulls_by_the_name_of_the_registry() {
        push();
        var pods = nodes.stream()
                .map(node -> HelloPod.on(node.name(), registry, "hello:1", List.of("apps-pull")))
                .toList();
        assertThat(pods).allSatisfy(pod -> {
            pod.awaitRunning();
            assertThat(pod.log()).contains("Hello");
        });
    }

    @Test
    @Order(3)
    void an_uninstallation_leaves_each_node_as_it_was() {
        var starts = nodes.stream().map(ManagedRuntimeE2E::start).toList();
        berth.kubectl("delete", "-k", kustomization.toString(), "--timeout=180s");

        Awaitility.await("the configuration of containerd is as it was before Berth was installed")
                .atMost(DEADLINE)
                .untilAsserted(() -> assertThat(nodes)
                        .allSatisfy(node -> assertThat(node.run(
                                        "sh", "-c", "diff -r --no-dereference /kind/before /etc/containerd || :"))
                                .isEmpty()));
        assertThat(nodes.stream().map(NodeFiles::of).toList()).isEqualTo(berth.before());
        Awaitility.await("containerd runs with it")
                .atMost(DEADLINE)
                .untilAsserted(() -> assertThat(
                                nodes.stream().map(ManagedRuntimeE2E::start).toList())
                        .doesNotContainAnyElementsOf(starts)
                        .doesNotContain(0L));
    }

    /** containerd 2 ends all connections that kubectl forwards if a server resets one of them. */
    private void push() {
        Awaitility.await("the image is pushed")
                .atMost(DEADLINE.multipliedBy(2))
                .ignoreExceptions()
                .untilAsserted(() -> registry.push("hello:1"));
    }

    /** Gives the node a containerd 2 whose configuration names no folder of per-host files and imports a folder for more files. */
    private static void forgetPerHostFiles(ClusterNode node) {
        if (!node.run("containerd", "--version").contains(" v2.")) {
            for (var program : List.of("containerd", "ctr", "containerd-shim-runc-v2")) {
                node.put(containerd2().resolve(program), "/usr/bin/" + program + ".2");
                node.run("mv", "/usr/bin/" + program + ".2", "/usr/bin/" + program);
            }
        }
        node.run("sh", "-ec", """
                sed -i -e '/config_path/d' -e 's#^version.*#&\\nimports = ["/etc/containerd/conf.d/*.toml"]#' /etc/containerd/config.toml
                rm -rf /kind/before
                cp -a /etc/containerd /kind/before
                systemctl restart containerd""");
    }

    /** With another containerd, the API server may be started again. */
    private static void awaitApiServer(Cluster cluster) {
        Awaitility.await("an API server that stays ready")
                .atMost(DEADLINE.multipliedBy(2))
                .ignoreExceptions()
                .during(Duration.ofSeconds(5))
                .until(() -> cluster.kubectl().run("get", "--raw", "/readyz"), "ok"::equals);
        cluster.kubectl().run("wait", "--for=condition=Ready", "nodes", "--all", "--timeout=60s");
    }

    private static Path containerd2() {
        return Path.of(Checkout.script(Map.of(), "runtimes")).resolve("containerd/v2.4.2");
    }

    /** When containerd was started last, in microseconds since this machine was started. */
    private static long start(ClusterNode node) {
        var since = node.run("systemctl", "show", "-P", "ActiveEnterTimestampMonotonic", "containerd");
        return Long.parseLong(since.strip());
    }
}
