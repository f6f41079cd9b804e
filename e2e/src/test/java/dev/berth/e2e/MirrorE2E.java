package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.e2e.cluster.ClusterNode;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Pods with images of docker.io on a cluster that mirrors it: one mirror, from its first pull to its deletion. */
@OnCluster(nodes = 2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MirrorE2E {
    private static final String FOLDER = "/etc/containerd/certs.d/docker.io";
    private static final String HELLO = "docker.io/library/hello:1";
    private static final String NOWHERE = "{\"spec\":{\"podTemplate\":{\"nodeSelector\":%s}}}";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Installation berth;
    private final List<? extends ClusterNode> nodes;
    private final StandInForDockerIo dockerIo;
    private final RegistryOnCluster registry;

    MirrorE2E(Installation berth) {
        this.berth = berth;
        this.nodes = berth.cluster().nodes();
        assumeThat(nodes).as("nodes that can be told where docker.io is").isNotEmpty();
        this.dockerIo = StandInForDockerIo.start(berth.cluster(), "team-docker-io");
        this.registry = RegistryOnCluster.apply(berth.cluster(), "team-hub");
    }

    @BeforeAll
    void mirror() {
        dockerIo.registry().push("library/hello:1");
        dockerIo.registry().push("library/hello:2");
        registry.await("Ready");
        registry.kubectl("create", "configmap", "docker-io", "--from-literal=ca.crt=" + dockerIo.authority());
        registry.applyYaml("mirror.yaml", """
                apiVersion: berth.dev/v1alpha1
                kind: ImageMirror
                metadata: {name: hub}
                spec:
                  registryRef: {name: apps}
                  upstream: {host: docker.io, url: "%s", caRef: {name: docker-io}}
                  nodes: {enabled: true}
                """.formatted(dockerIo.url()));
    }

    @AfterAll
    void forgetDockerIo() {
        dockerIo.close();
    }

    @Test
    @Order(1)
    void nodes_leave_docker_io_alone_until_the_namespace_is_trusted_with_mirrors() {
        berth.trust("team-hub", "registries");
        awaitReason("NodesConfigured", "NamespaceNotTrusted");
        assertThat(nodes).allSatisfy(node -> assertThat(node.filesBelow(FOLDER)).isEmpty());

        berth.trust("team-hub", "registries,mirrors");
        await("Ready");
        await("NodesConfigured");
        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.read(FOLDER + "/hosts.toml"))
                        .contains("capabilities = [\"pull\", \"resolve\"]")
                        .doesNotContain("server ="));
    }

    @Test
    @Order(2)
    void a_pod_that_names_docker_io_gets_its_image_through_the_mirror_without_a_secret() {
        run("through-the-mirror", HELLO);

        Awaitility.await("the mirror counts one tag")
                .atMost(DEADLINE)
                .until(() -> get("{.status.counts.tags}"), "1"::equals);
        assertThat(get("{.status.conditions[?(@.type==\"UpstreamReachable\")].status}"))
                .isEqualTo("True");
    }

    @Test
    @Order(3)
    void with_docker_io_gone_what_was_pulled_once_is_there() {
        stop(dockerIo.registry());
        run("without-docker-io", HELLO);
        start(dockerIo.registry());
    }

    @Test
    @Order(4)
    void with_the_mirror_s_server_gone_the_next_pull_falls_back_to_docker_io() {
        stop(registry);
        run("without-the-mirror", "docker.io/library/hello:2");
        start(registry);
    }

    @Test
    @Order(5)
    void a_mirror_that_is_deleted_leaves_no_file_on_any_node() {
        registry.kubectl("delete", "imagemirror", "hub");

        Awaitility.await("no folder for docker.io on any node")
                .atMost(DEADLINE)
                .untilAsserted(() -> assertThat(nodes)
                        .allSatisfy(node -> assertThat(node.run("ls", "/etc/containerd/certs.d"))
                                .doesNotContain("docker.io")));
        run("after-the-mirror", HELLO);
    }

    private void run(String name, String image) {
        var pod = HelloPod.named(registry, name, image, List.of());
        pod.awaitRunning();
        assertThat(pod.log()).contains("Hello");
    }

    /** Makes the server unschedulable: its address stays, and nothing answers there. */
    private void stop(RegistryOnCluster which) {
        which.kubectl(
                "patch", "registry", "apps", "--type=merge", "--patch=" + NOWHERE.formatted("{\"no\":\"where\"}"));
        Awaitility.await("a pod that no node takes")
                .atMost(DEADLINE.multipliedBy(2))
                .until(
                        () -> which.kubectl(
                                "get", "pod", "apps-0", "--ignore-not-found", "-o", "jsonpath={.status.phase}"),
                        "Pending"::equals);
    }

    private void start(RegistryOnCluster which) {
        which.kubectl("patch", "registry", "apps", "--type=merge", "--patch=" + NOWHERE.formatted("null"));
        which.await("Ready");
    }

    private void await(String condition) {
        registry.kubectl("wait", "--for=condition=" + condition, "imagemirror/hub", "--timeout=60s");
    }

    private void awaitReason(String condition, String reason) {
        registry.kubectl(
                "wait",
                "imagemirror/hub",
                "--for=jsonpath={.status.conditions[?(@.type==\"%s\")].reason}=%s".formatted(condition, reason),
                "--timeout=60s");
    }

    private String get(String path) {
        return registry.kubectl("get", "imagemirror", "hub", "-o", "jsonpath=" + path);
    }
}
