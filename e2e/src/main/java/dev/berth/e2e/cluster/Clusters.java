package dev.berth.e2e.cluster;

import dev.berth.e2e.docker.ContainerOwner;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the cluster that the suites run on. */
public final class Clusters {
    /** Names the kubeconfig of a cluster to use instead of starting one. */
    static final String KUBECONFIG = "BERTH_KUBECONFIG";

    private static final Logger LOG = LoggerFactory.getLogger(Clusters.class);

    private Clusters() {}

    /** The cluster that the environment names, else a new Kind cluster with this many nodes. Prints which one, and why. */
    public static Cluster choose(int nodes) {
        return choose(nodes, ContainerOwner.thisProcess());
    }

    /** The cluster that the environment names, else a Kind cluster that outlives this process and that the next one finds again. */
    public static Cluster chooseKept(int nodes) {
        return choose(nodes, ContainerOwner.nobody());
    }

    private static Cluster choose(int nodes, ContainerOwner owner) {
        var given = System.getenv().getOrDefault(KUBECONFIG, "");
        var cluster = given.isEmpty() ? KindCluster.start(nodes, owner) : new GivenCluster(Path.of(given));
        LOG.info("Cluster: {}", cluster.description());
        return cluster;
    }
}
