package dev.berth.e2e.cluster;

import dev.berth.e2e.Kubectl;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;

/** A running Kubernetes cluster, with the rights of its administrator. Suites use nothing else of a cluster. */
public interface Cluster extends AutoCloseable {
    /** Says in one line what the cluster is and why it was chosen. */
    String description();

    /** Its kubeconfig, valid until the cluster is closed. */
    Path kubeconfig();

    KubernetesClient client();

    /** The nodes on which commands can be run; none if the cluster doesn't allow that. */
    List<ClusterNode> nodes();

    /** Restarts a machine, as a reboot does, and returns when it runs pods again that others reach. */
    void restart(ClusterNode node);

    /** Loads the images of an archive of `docker save` on every node, as if they had been pulled. */
    void load(Path imageArchive);

    /** Writes the logs of nodes and pods to a folder. */
    void collectLogs(Path folder);

    default Kubectl kubectl() {
        return Kubectl.with(kubeconfig());
    }

    @Override
    void close();
}
