package dev.berth.e2e;

import dev.berth.e2e.cluster.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Berth on a cluster, installed as the README says: its two images, `kubectl apply -k deploy/`.
 *
 * @param before the files of each node before that
 */
record Installation(Cluster cluster, List<NodeFiles> before) implements AutoCloseable {
    static final String SYSTEM = "berth-system";
    static final String NODES = "berth-nodes";
    static final String OPERATOR = "system:serviceaccount:berth-system:berth-operator";

    static Installation on(Cluster cluster) {
        return on(cluster, Checkout.root().resolve("deploy"));
    }

    /** @param kustomization the folder of a kustomization that has `deploy/` among its resources */
    static Installation on(Cluster cluster, Path kustomization) {
        var before = cluster.nodes().stream().map(NodeFiles::of).toList();
        var images = Checkout.root().resolve("deploy/target/images");
        cluster.load(existing(images.resolve("berth-server.tar")));
        cluster.load(existing(images.resolve("berth-operator.tar")));
        var kubectl = cluster.kubectl();
        kubectl.run("apply", "-k", kustomization.toString());
        var installation = new Installation(cluster, before);
        installation.awaitOperator();
        kubectl.run("-n", NODES, "rollout", "status", "daemonset/berth-node", "--timeout=120s");
        return installation;
    }

    String kubectl(String... arguments) {
        return cluster.kubectl().run(arguments);
    }

    /** Uninstalls Berth while Registries still exist. Fails if kubectl does not end by itself. */
    void uninstall() {
        cluster.kubectl().run("delete", "-k", Checkout.root().resolve("deploy").toString(), "--timeout=180s");
    }

    void awaitOperator() {
        cluster.kubectl().run("-n", SYSTEM, "rollout", "status", "deployment/berth-operator", "--timeout=120s");
    }

    /** Deletes the operator's pod and waits for the next one. */
    void restartOperator() {
        cluster.kubectl().run("-n", SYSTEM, "delete", "pod", "-l", "app.kubernetes.io/name=berth-operator");
        awaitOperator();
    }

    /** Trusts a namespace, as an administrator does once. */
    void trust(String namespace) {
        trust(namespace, "registries");
    }

    void trust(String namespace, String words) {
        var patch = "{\"data\":{\"%s\":\"%s\"}}".formatted(namespace, words);
        cluster.kubectl()
                .run("-n", SYSTEM, "patch", "configmap", "berth-trusted-namespaces", "--type=merge", "-p", patch);
    }

    /** Uninstalls Berth from a given cluster. A cluster that the suites started is removed as a whole. */
    @Override
    public void close() {
        if (!cluster.nodes().isEmpty()) {
            return;
        }
        var kubectl = cluster.kubectl();
        kubectl.run("delete", "namespace", "--selector=" + RegistryOnCluster.LABEL);
        kubectl.run("delete", "-k", Checkout.root().resolve("deploy").toString());
    }

    private static Path existing(Path archive) {
        if (!Files.exists(archive)) {
            throw new IllegalStateException(archive + " is missing: `mvn -DskipTests package` makes it");
        }
        return archive;
    }
}
