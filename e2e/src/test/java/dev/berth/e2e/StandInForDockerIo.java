package dev.berth.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.e2e.cluster.Cluster;
import dev.berth.e2e.cluster.ClusterNode;
import java.util.Base64;

/**
 * A registry in the cluster that a node uses as docker.io: a line in `/etc/hosts` names it, and the node trusts its certificate authority.
 * containerd reads authorities once, so it is restarted; pods keep running.
 */
record StandInForDockerIo(RegistryOnCluster registry, ClusterNode node) implements AutoCloseable {
    private static final String HOST = "registry-1.docker.io";
    private static final String AUTHORITY = "/etc/ssl/certs/berth-e2e-docker-io.pem";

    /** Starts a registry that allows anonymous pulls and is docker.io on the last node, where the pods of the suites run. */
    static StandInForDockerIo start(Cluster cluster, String namespace) {
        var registry = RegistryOnCluster.apply(cluster, namespace);
        registry.kubectl(
                "patch",
                "registry",
                "apps",
                "--type=merge",
                "--patch={\"spec\":{\"access\":{\"anonymousPull\":true},\"hostnames\":[\"%s\"]}}".formatted(HOST));
        registry.await("Ready");
        var standIn = new StandInForDockerIo(registry, cluster.nodes().getLast());
        standIn.introduce();
        return standIn;
    }

    /** Its address for pods. */
    String url() {
        return "https://" + registry.address();
    }

    String authority() {
        return registry.data("configmap", "apps-ca", "ca.crt");
    }

    /** `/etc/hosts` is a mount, which can be written but not replaced. */
    @Override
    public void close() {
        restartContainerd(
                "rm -f %2$s; grep -v ' %1$s$' /etc/hosts >/tmp/hosts; cat /tmp/hosts >/etc/hosts; rm /tmp/hosts"
                        .formatted(HOST, AUTHORITY));
    }

    private void introduce() {
        var address = registry.kubectl("get", "service", "apps", "-o", "jsonpath={.spec.clusterIP}");
        var pem = Base64.getEncoder().encodeToString(authority().getBytes(UTF_8));
        restartContainerd("echo '%s %s' >>/etc/hosts; mkdir -p /etc/ssl/certs; echo %s | base64 -d >%s"
                .formatted(address, HOST, pem, AUTHORITY));
    }

    private void restartContainerd(String afterThis) {
        node.run("sh", "-ec", afterThis + "; systemctl restart containerd");
        registry.kubectl("wait", "--for=condition=Ready", "node/" + node.name(), "--timeout=60s");
    }
}
