package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.e2e.cluster.ClusterNode;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks which files node agents change on nodes, and that they leave all others as they are. */
@OnCluster(nodes = 2)
final class NodeAgentE2E {
    private static final String PER_HOST_FILES = "/etc/containerd/certs.d";
    private static final String BY_HAND = "# of someone else\n[host.\"https://mirror.example\"]\n";

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Installation berth;
    private final List<? extends ClusterNode> nodes;

    NodeAgentE2E(Installation berth) {
        this.berth = berth;
        this.nodes = berth.cluster().nodes();
        assumeThat(nodes).as("nodes whose files can be seen").isNotEmpty();
    }

    @AfterEach
    void putThingsBack() {
        nodes.forEach(node -> node.run("sh", "-c", "rm -rf " + PER_HOST_FILES + "/mirror.example"));
        kubectl("apply", "-k", Checkout.root().resolve("deploy").toString());
    }

    @Test
    void a_file_that_somebody_deletes_on_a_node_comes_back() {
        var hostsToml = configured("team-edited");
        var node = nodes.getLast();
        var before = node.read(hostsToml);

        node.run("rm", hostsToml);

        Awaitility.await("the file is there again")
                .atMost(DEADLINE)
                .until(() -> node.filesBelow(PER_HOST_FILES).contains(hostsToml));
        assertThat(node.read(hostsToml)).isEqualTo(before);
    }

    @Test
    void files_of_somebody_else_are_left_alone_and_the_registry_says_where_they_are() {
        var worker = nodes.getLast();
        var folder = PER_HOST_FILES + "/apps.team-conflict.svc";
        write(worker, folder, BY_HAND);
        berth.trust("team-conflict");
        var registry = RegistryOnCluster.apply(berth.cluster(), "team-conflict");

        registry.kubectl(
                "wait",
                "registry/apps",
                "--for=jsonpath={.status.conditions[?(@.type==\"NodesConfigured\")].reason}=Conflict",
                "--timeout=60s");
        assertThat(registry.kubectl(
                        "get",
                        "registry",
                        "apps",
                        "-o",
                        "jsonpath={.status.conditions[?(@.type==\"NodesConfigured\")].message}"))
                .contains("not " + worker.name(), "apps.team-conflict.svc/hosts.toml was not written by Berth");
        assertThat(worker.read(folder + "/hosts.toml")).isEqualTo(BY_HAND);
        assertThat(worker.filesBelow(folder)).containsExactly(folder + "/hosts.toml");

        worker.run("rm", "-r", folder);
        registry.await("NodesConfigured");
    }

    @Test
    void a_restarted_agent_never_takes_a_file_away() {
        var hostsToml = configured("team-restart");
        var inodes = inodes(hostsToml);

        kubectl("-n", Installation.NODES, "delete", "pod", "-l", "app.kubernetes.io/name=berth-node");
        kubectl("-n", Installation.NODES, "rollout", "status", "daemonset/berth-node", "--timeout=120s");

        assertThat(inodes(hostsToml)).isEqualTo(inodes);
    }

    @Test
    void agents_that_are_uninstalled_leave_each_node_as_if_they_had_never_been_there() {
        nodes.forEach(node -> write(node, PER_HOST_FILES + "/mirror.example", BY_HAND));
        configured("team-uninstall");

        // Their rights, their account and their namespace go at the same time.
        kubectl("delete", "-k", Checkout.root().resolve("deploy/node").toString());

        Awaitility.await("every file and folder on each node is as it was before Berth was installed")
                .atMost(DEADLINE)
                .ignoreExceptions() // a file may go between being listed and being read
                .untilAsserted(
                        () -> assertThat(nodes.stream().map(NodeAgentE2E::files).toList())
                                .isEqualTo(berth.before()));
        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.read(PER_HOST_FILES + "/mirror.example/hosts.toml"))
                        .isEqualTo(BY_HAND));

        kubectl("apply", "-k", Checkout.root().resolve("deploy").toString());
        kubectl("-n", "team-uninstall", "wait", "--for=condition=NodesConfigured", "registry/apps", "--timeout=120s");
    }

    /**
     * Creates a Registry in its own trusted namespace.
     *
     * @return its file on each node
     */
    private String configured(String namespace) {
        berth.trust(namespace);
        var registry = RegistryOnCluster.apply(berth.cluster(), namespace);
        registry.await("NodesConfigured");
        return PER_HOST_FILES + "/" + registry.address() + "/hosts.toml";
    }

    private String kubectl(String... arguments) {
        return berth.cluster().kubectl().run(arguments);
    }

    /** The inode of a file; a file that is written again has another one. */
    private List<String> inodes(String file) {
        return nodes.stream().map(node -> node.run("stat", "-c", "%i %Y", file)).toList();
    }

    private static void write(ClusterNode node, String folder, String hostsToml) {
        node.run("sh", "-ec", "mkdir -p %1$s; printf '%%s' '%2$s' >%1$s/hosts.toml".formatted(folder, hostsToml));
    }

    /** All files but those that a test has written. */
    private static NodeFiles files(ClusterNode node) {
        return NodeFiles.of(node).without("/mirror.example");
    }
}
