package dev.berth.e2e.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster that somebody else runs. No commands run on its nodes, and it pulls images from where its administrator has put them. */
final class GivenCluster implements Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(GivenCluster.class);

    private final Path kubeconfig;
    private final KubernetesClient client;

    GivenCluster(Path kubeconfig) {
        this.kubeconfig = kubeconfig.toAbsolutePath();
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    @Override
    public String description() {
        return "%s (%s names its kubeconfig)".formatted(client.getMasterUrl(), Clusters.KUBECONFIG);
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public List<ClusterNode> nodes() {
        return List.of();
    }

    @Override
    public void restart(ClusterNode node) {
        throw new UnsupportedOperationException("somebody else runs the nodes of " + description());
    }

    @Override
    public void load(Path imageArchive) {
        LOG.info(
                "{} is not loaded: this cluster pulls its images from where deploy/images says",
                imageArchive.getFileName());
    }

    @Override
    public void collectLogs(Path folder) {
        new PodLogs(client, folder).collect();
    }

    @Override
    public void close() {
        client.close();
    }
}
