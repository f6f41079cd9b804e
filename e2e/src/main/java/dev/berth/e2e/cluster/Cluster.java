package dev.berth.e2e.cluster;

import dev.berth.e2e.Kubectl;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;

/** A running Kubernetes cluster with its administrator's rights. Suites know no more of it than this. */
public interface Cluster extends AutoCloseable {

    /** What it is and why it was chosen, in one line. */
    String description();

    /** A file for `kubectl`, good until the cluster is closed. */
    Path kubeconfig();

    KubernetesClient client();

    /** The nodes that can be entered; none where the cluster lets nobody in. */
    List<ClusterNode> nodes();

    /** Brings the images of an archive (`docker save`'s form) to every node, as if they had been pulled. */
    void load(Path imageArchive);

    /** Writes what nodes and pods have said into a folder. */
    void collectLogs(Path folder);

    default Kubectl kubectl() {
        return Kubectl.with(kubeconfig());
    }

    @Override
    void close();
}
