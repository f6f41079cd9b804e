package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.berth.e2e.cluster.Cluster;
import dev.berth.e2e.cluster.ClusterNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A cluster that the suites start works: the other suites rely on this. */
@OnCluster(nodes = 2)
final class ClusterE2E {
    private final Cluster cluster;

    ClusterE2E(Cluster cluster) {
        assumeFalse(cluster.nodes().isEmpty(), "a given cluster is not ours to test");
        this.cluster = cluster;
    }

    @Test
    void nodes_can_be_entered_by_the_names_that_kubernetes_knows() {
        assertThat(cluster.nodes()).extracting(ClusterNode::name).containsExactly("control-plane", "worker1");
        assertThat(cluster.nodes())
                .allSatisfy(node -> assertThat(node.run("hostname")).isEqualToIgnoringNewLines(node.name()));
    }

    @Test
    void containerd_reads_per_host_files() {
        assertThat(cluster.nodes())
                .allSatisfy(node -> assertThat(node.run("containerd", "config", "dump"))
                        .contains("config_path = \"/etc/containerd/certs.d\""));
    }

    @Test
    void a_loaded_image_serves_from_a_volume_to_a_pod_on_the_other_node() {
        var archive = Checkout.target().resolve("sample.tar");
        Checkout.script(Map.of(), "sample-image", "localhost/sample:1", archive.toString());
        cluster.load(archive);
        var namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName("across-nodes")
                .endMetadata()
                .build();
        cluster.client().namespaces().resource(namespace).create();
        cluster.kubectl()
                .run(
                        "-n",
                        "across-nodes",
                        "apply",
                        "-f",
                        resource("across-nodes.yaml").toString());

        var client = cluster.client().pods().inNamespace("across-nodes").withName("client");
        client.waitUntilCondition(
                pod -> pod != null
                        && pod.getStatus() != null
                        && "Succeeded".equals(pod.getStatus().getPhase()),
                90,
                TimeUnit.SECONDS);

        assertThat(client.getLog()).isEqualTo("from a volume\n");
        cluster.client().namespaces().withName("across-nodes").delete();
    }

    private static Path resource(String name) {
        return Checkout.root().resolve("e2e/src/test/resources/dev/berth/e2e").resolve(name);
    }
}
