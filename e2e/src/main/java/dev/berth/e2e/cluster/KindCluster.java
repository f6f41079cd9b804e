package dev.berth.e2e.cluster;

import dev.berth.e2e.Checkout;
import dev.berth.e2e.docker.ContainerOwner;
import dev.berth.e2e.docker.DockerHost;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/**
 * A cluster of Kind nodes in containers. With our own node image, its pod network does not enforce NetworkPolicy: the text of a policy can be
 * tested, its effect can't.
 */
final class KindCluster implements Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(KindCluster.class);

    private final DockerHost docker;
    private final ContainerOwner owner;
    private final String description;
    private final List<KindNode> nodes;
    private final Path kubeconfig;
    private final KubernetesClient client;

    private KindCluster(DockerHost docker, ContainerOwner owner, String description, List<KindNode> nodes) {
        this.docker = docker;
        this.owner = owner;
        this.description = description;
        this.nodes = nodes;
        var config = nodes.getFirst().kubeconfig();
        this.kubeconfig = write(Checkout.cache().resolve("kubeconfig/" + fileName(owner)), config);
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(config))
                .build();
    }

    /** Starts a cluster, or finds a kept one that runs already. Returns when pods can run. */
    static KindCluster start(int size, ContainerOwner owner) {
        var docker = DockerHost.choose();
        LOG.info("Docker daemon: {} ({})", docker.address(), docker.reason());
        var image = Checkout.script(Map.of("DOCKER_HOST", docker.address().toString()), "node-image");
        ContainerOwner.removeOrphans(DockerClientFactory.lazyClient());
        owner.removeOutdated(DockerClientFactory.lazyClient(), image);
        var nodes = IntStream.range(0, size)
                .mapToObj(
                        i -> new KindNode(DockerImageName.parse(image), i == 0 ? "control-plane" : "worker" + i, owner))
                .toList();
        try {
            Startables.deepStart(nodes).join();
            LOG.info("{} booted", nodes.stream().map(KindNode::name).toList());
            join(nodes);
            var cluster = new KindCluster(
                    docker,
                    owner,
                    "Kind, %d node(s) of %s in Docker at %s (%s is not set)"
                            .formatted(size, image, docker.address(), Clusters.KUBECONFIG),
                    nodes);
            cluster.awaitReady();
            return cluster;
        } catch (RuntimeException e) {
            nodes.stream()
                    .filter(KindNode::isRunning)
                    .forEach(
                            node -> new NodeLogs(node).collect(Checkout.target().resolve("logs/start")));
            nodes.forEach(KindNode::stop);
            docker.close();
            throw e;
        }
    }

    private static void join(List<KindNode> nodes) {
        var controlPlane = ControlPlane.on(nodes.getFirst(), new SecureRandom());
        if (controlPlane.isInitialised()) {
            return;
        }
        controlPlane.initialise();
        LOG.info("control plane initialised");
        nodes.stream().skip(1).parallel().forEach(controlPlane::join);
        controlPlane.routePods(nodes);
    }

    private void awaitReady() {
        for (var node : nodes) {
            await(node.name(), () -> client.nodes().withName(node.name()).get());
        }
        await(
                "DNS",
                () -> client.apps()
                        .deployments()
                        .inNamespace("kube-system")
                        .withName("coredns")
                        .get());
    }

    /** Asks again until an object is ready. On a busy machine, kubelet may restart the API server in the first minute. */
    private static void await(String name, Supplier<@Nullable HasMetadata> object) {
        Awaitility.await(name + " to be ready")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .ignoreException(KubernetesClientException.class)
                .until(() -> Optional.ofNullable(object.get())
                        .filter(Readiness.getInstance()::isReady)
                        .isPresent());
        LOG.info("{} Ready", name);
    }

    @Override
    public String description() {
        return description;
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
        return List.copyOf(nodes);
    }

    @Override
    public void restart(ClusterNode node) {
        nodes.stream().filter(node::equals).forEach(KindNode::restart);
        ControlPlane.on(nodes.getFirst(), new SecureRandom()).routePods(nodes);
        awaitReady();
    }

    @Override
    public void load(Path imageArchive) {
        nodes.parallelStream().forEach(node -> {
            node.put(imageArchive, "/kind/load.tar");
            node.run("sh", "-ec", "ctr -n k8s.io images import /kind/load.tar; rm /kind/load.tar");
        });
    }

    @Override
    public void collectLogs(Path folder) {
        nodes.forEach(node -> new NodeLogs(node).collect(folder));
        new PodLogs(client, folder).collect();
    }

    /** Leaves a kept cluster running, and removes any other. */
    @Override
    public void close() {
        client.close();
        if (owner.equals(ContainerOwner.nobody())) {
            return;
        }
        nodes.forEach(KindNode::stop);
        docker.close();
        delete(kubeconfig);
    }

    /** The kubeconfig of a kept cluster has always the same name. A process can have several clusters. */
    private String fileName(ContainerOwner owner) {
        return owner.fileName()
                + (owner.equals(ContainerOwner.nobody())
                        ? ""
                        : "-" + nodes.getFirst().getMappedPort(6443));
    }

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
