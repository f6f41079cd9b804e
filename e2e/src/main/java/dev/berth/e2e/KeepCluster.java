package dev.berth.e2e;

import dev.berth.e2e.cluster.Clusters;
import dev.berth.e2e.docker.ContainerOwner;
import dev.berth.e2e.docker.DockerHost;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/**
 * Keeps a Kind cluster of one node between runs. `up [IMAGE_ARCHIVE…]` starts or finds it, loads the images and prints the path of its
 * kubeconfig; `down` removes it. The environment must allow Testcontainers to leave containers behind (`TESTCONTAINERS_REUSE_ENABLE=true`).
 */
public final class KeepCluster {
    private KeepCluster() {}

    public static void main(String[] arguments) {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "up" -> up(arguments);
            case "down" -> down();
            default -> throw new IllegalArgumentException("say `up [IMAGE_ARCHIVE…]` or `down`");
        }
    }

    private static void up(String[] arguments) {
        try (var cluster = Clusters.chooseKept(1)) {
            for (var i = 1; i < arguments.length; i++) {
                cluster.load(Path.of(arguments[i]));
            }
            System.out.println(cluster.kubeconfig());
        }
    }

    private static void down() {
        if (DockerHost.running().isPresent()) {
            ContainerOwner.nobody().removeContainers(DockerClientFactory.lazyClient());
        }
    }
}
