package dev.berth.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.testcontainers.images.builder.Transferable;

/** Sets up nodes as `kind create cluster` does: kubeadm makes the first one a control plane, and the others join it. */
record ControlPlane(KindNode node, String token) {
    static ControlPlane on(KindNode node, RandomGenerator random) {
        var bytes = new byte[11];
        random.nextBytes(bytes);
        var hex = HexFormat.of().formatHex(bytes);
        return new ControlPlane(node, hex.substring(0, 6) + "." + hex.substring(6, 22));
    }

    boolean isInitialised() {
        return node.run("sh", "-c", "test -e /etc/kubernetes/admin.conf && echo yes || echo no")
                .startsWith("yes");
    }

    void initialise() {
        node.copyFileToContainer(Transferable.of(resource("audit-policy.yaml")), "/kind/audit/policy.yaml");
        node.copyFileToContainer(Transferable.of(configuration()), "/kind/kubeadm.conf");
        node.run("kubeadm", "init", "--skip-phases=preflight", "--config=/kind/kubeadm.conf", "--skip-token-print");
        // Kind's images bring a pod network and a storage class as manifests, ours a storage class alone.
        node.run(
                "sh",
                "-ec",
                "for file in /kind/manifests/default-*.yaml; do sed 's#{{ *.PodSubnet *}}#10.244.0.0/16#' $file | kubectl apply -f -; done");
    }

    void join(KindNode worker) {
        worker.run(
                "kubeadm",
                "join",
                node.address() + ":6443",
                "--node-name=" + worker.name(),
                "--token=" + token,
                "--discovery-token-unsafe-skip-ca-verification",
                "--skip-phases=preflight");
    }

    /**
     * The image of Kind has a pod network with routes between nodes. Ours has none: containerd connects the pods of its own node, and this method
     * adds the routes to the other nodes.
     */
    void routePods(List<KindNode> nodes) {
        if (node.run("ls", "/kind/manifests").contains("default-cni.yaml")) {
            return;
        }
        node.run("kubectl", "wait", "--for=jsonpath={.spec.podCIDR}", "node", "--all", "--timeout=60s");
        for (var target : nodes) {
            var pods = node.run("kubectl", "get", "node", target.name(), "-o", "jsonpath={.spec.podCIDR}");
            nodes.stream()
                    .filter(other -> !other.name().equals(target.name()))
                    .forEach(other -> other.run("ip", "route", "replace", pods, "via", target.address()));
        }
    }

    private String configuration() {
        var values = Map.of(
                "version", node.read("/kind/version").strip(),
                "address", node.address(),
                "host", node.getHost(),
                "name", node.name(),
                "token", token);
        var text = resource("kubeadm.yaml");
        for (var value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text;
    }

    private static String resource(String name) {
        try (var stream = ControlPlane.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
