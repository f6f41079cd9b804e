package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.e2e.cluster.ClusterNode;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Deleting a Registry removes everything that was created for it, and nothing else. */
@OnCluster(nodes = 2)
final class RegistryRemovalE2E {
    private static final String PER_HOST_FILES = "/etc/containerd/certs.d";
    private static final String OTHER = PER_HOST_FILES + "/other.example/hosts.toml";

    @Test
    void its_children_go_and_its_volume_stays(Installation berth) {
        var registry = RegistryOnCluster.apply(berth.cluster(), "team-gone");
        registry.await("Ready");

        registry.kubectl("delete", "registry", "apps");

        Awaitility.await("nothing left but the volume")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(objectsOf(registry)).containsExactly("persistentvolumeclaim/apps"));
    }

    @Test
    void its_files_leave_the_nodes_and_others_stay_as_they_were(Installation berth) {
        var nodes = berth.cluster().nodes();
        assumeThat(nodes).as("nodes whose files can be seen").isNotEmpty();
        nodes.forEach(node -> node.run(
                "sh",
                "-ec",
                "mkdir -p %s/other.example; echo '# of someone else' >%s".formatted(PER_HOST_FILES, OTHER)));
        var before = nodes.stream().map(RegistryRemovalE2E::files).toList();

        berth.trust("team-nodes");
        var registry = RegistryOnCluster.apply(berth.cluster(), "team-nodes");
        registry.await("NodesConfigured");
        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.filesBelow(PER_HOST_FILES))
                        .contains(PER_HOST_FILES + "/apps.team-nodes.svc/hosts.toml"));

        registry.kubectl("delete", "registry", "apps");

        Awaitility.await("certs.d as it was on each node")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                nodes.stream().map(RegistryRemovalE2E::files).toList())
                        .isEqualTo(before));
    }

    @Test
    void an_uninstallation_with_registries_there_ends_by_itself_and_takes_secrets_in_other_namespaces_along(
            Installation berth) {
        var kubectl = berth.cluster().kubectl();
        kubectl.run("create", "namespace", "team-reader");
        kubectl.run("label", "namespace", "team-reader", "pull-secrets.berth.dev/team-left=allow");
        var registry = RegistryOnCluster.apply(berth.cluster(), "team-left");
        registry.await("Ready");
        registry.kubectl(
                "patch",
                "registry",
                "apps",
                "--type=merge",
                "-p",
                "{\"spec\":{\"pullSecrets\":{\"namespaces\":{\"names\":[\"team-reader\"]}}}}");
        Awaitility.await("the pull secret in the other namespace")
                .atMost(Duration.ofSeconds(60))
                .until(() -> kubectl.run("-n", "team-reader", "get", "secrets", "-o", "name")
                        .contains("secret/apps-pull"));

        berth.uninstall();

        Awaitility.await("no pull secret is left behind")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !kubectl.run("-n", "team-reader", "get", "secrets", "-o", "name")
                        .contains("secret/apps-pull"));
        assertThat(kubectl.run("get", "namespaces", "-o", "name"))
                .doesNotContain(Installation.SYSTEM, Installation.NODES);
        assertThat(registry.kubectl("get", "pvc", "-o", "name")).contains("persistentvolumeclaim/apps");
        Installation.on(berth.cluster()); // for the suites that come after this one
    }

    private static List<String> objectsOf(RegistryOnCluster registry) {
        var kinds = "statefulset,pod,service,secret,configmap,networkpolicy,persistentvolumeclaim";
        return registry.kubectl("get", kinds, "-o", "name", "-l", "app.kubernetes.io/instance=apps")
                .lines()
                .toList();
    }

    /** The hash of each file. Files that disappear meanwhile are left out. */
    private static String files(ClusterNode node) {
        return node.run(
                "sh", "-c", "find %s -type f -exec sha256sum {} + 2>/dev/null | sort".formatted(PER_HOST_FILES));
    }
}
