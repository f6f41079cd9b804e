package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.e2e.cluster.ClusterNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Checks that pods pull their images, and that no file of a node changes, whatever part of the node is restarted. */
@OnCluster(nodes = 2)
final class NodeRestartE2E {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int MEBIBYTES = 256;

    private final Installation berth;
    private final ClusterNode worker;

    NodeRestartE2E(Installation berth) {
        this.berth = berth;
        var nodes = berth.cluster().nodes();
        assumeThat(nodes).as("nodes that a test may restart").isNotEmpty();
        this.worker = nodes.getLast();
    }

    @Test
    void a_pull_goes_on_when_the_agent_of_its_node_is_killed() {
        var registry = registry("team-agent-killed");
        registry.push("hello:big", MEBIBYTES);
        var files = NodeFiles.of(worker);
        var agent = agent();

        var pod = HelloPod.create(registry, "hello", "hello:big", List.of("apps-pull"));
        Awaitility.await("kubelet pulls the image")
                .atMost(DEADLINE)
                .until(() -> !registry.kubectl(
                                "get",
                                "events",
                                "--field-selector=reason=Pulling,involvedObject.name=hello",
                                "-o",
                                "name")
                        .isEmpty());
        berth.kubectl("-n", Installation.NODES, "delete", "pod", agent, "--force", "--grace-period=0");

        pod.awaitRunning();
        assertThat(pod.node()).isEqualTo(worker.name());
        berth.kubectl("-n", Installation.NODES, "rollout", "status", "daemonset/berth-node", "--timeout=120s");
        assertThat(NodeFiles.of(worker)).isEqualTo(files);
    }

    @Test
    void pods_pull_after_containerd_was_restarted() {
        var registry = registry("team-containerd");
        registry.push("hello:1");
        var files = NodeFiles.of(worker);

        worker.run("systemctl", "restart", "containerd");

        runs(registry, "after-containerd");
        assertThat(NodeFiles.of(worker)).isEqualTo(files);
    }

    @Test
    void pods_pull_after_their_node_was_restarted() {
        var registry = registry("team-reboot");
        registry.push("hello:1");
        var files = NodeFiles.of(worker);
        int restarts = restarts();

        berth.cluster().restart(worker);

        Awaitility.await("the agent of the node was started again")
                .atMost(DEADLINE)
                .ignoreExceptions()
                .until(() -> restarts() > restarts);
        registry.await("Ready");
        runs(registry, "after-reboot");
        assertThat(NodeFiles.of(worker)).isEqualTo(files);
    }

    /** A Registry for which the nodes are set up. */
    private RegistryOnCluster registry(String namespace) {
        berth.trust(namespace);
        var registry = RegistryOnCluster.apply(berth.cluster(), namespace);
        registry.await("NodesConfigured");
        registry.await("Ready");
        return registry;
    }

    private void runs(RegistryOnCluster registry, String name) {
        var pod = HelloPod.create(registry, name, "hello:1", List.of("apps-pull"));
        pod.awaitRunning();
        assertThat(pod.node()).isEqualTo(worker.name());
    }

    private String agent() {
        return agentPod().getMetadata().getName();
    }

    private int restarts() {
        return agentPod().getStatus().getContainerStatuses().getFirst().getRestartCount();
    }

    private Pod agentPod() {
        return berth.cluster()
                .client()
                .pods()
                .inNamespace(Installation.NODES)
                .withField("spec.nodeName", worker.name())
                .withLabel("app.kubernetes.io/name", "berth-node")
                .waitUntilCondition(
                        pod -> pod != null && "Running".equals(pod.getStatus().getPhase()), 60, TimeUnit.SECONDS);
    }
}
