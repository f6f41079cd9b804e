package dev.berth.e2e;

import dev.berth.e2e.cluster.ClusterNode;
import java.util.List;

/**
 * A node whose kubelet uses the credential provider that the agent installs, as the guide "Pull without secrets" says, and checks the credentials of
 * images that it has already.
 */
record CredentialProviderOnNode(Installation berth, ClusterNode node) implements AutoCloseable {
    static final String FOLDER = "/var/lib/berth/credential-provider";

    private static final String DROP_IN = "/etc/systemd/system/kubelet.service.d/50-berth.conf";
    private static final String CONFIGURATION = "/var/lib/kubelet/config.yaml";

    /** The commands of the guide. */
    private static final String FLAGS = """
            mkdir -p /etc/systemd/system/kubelet.service.d
            {
              echo '[Service]'
              echo 'EnvironmentFile=-/var/lib/berth/credential-provider/kubelet.env'
              echo 'ExecStart='
              systemctl cat kubelet | grep '^ExecStart=/' | tail -1 | sed 's/$/ $BERTH_KUBELET_ARGS/'
            } >/tmp/50-berth.conf
            mv /tmp/50-berth.conf /etc/systemd/system/kubelet.service.d/50-berth.conf
            systemctl daemon-reload
            systemctl restart kubelet
            """;

    static CredentialProviderOnNode on(Installation berth, ClusterNode node) {
        var provider = new CredentialProviderOnNode(berth, node);
        node.run(
                "sh",
                "-ec",
                "cp %1$s %1$s.before; printf 'featureGates:\\n  KubeletEnsureSecretPulledImages: true\\n' >>%1$s"
                        .formatted(CONFIGURATION));
        provider.restartKubelet(FLAGS);
        return provider;
    }

    /** The files that the agent has written. */
    List<String> files() {
        return node.filesBelow(FOLDER);
    }

    /** The arguments of the kubelet that runs. */
    String kubelet() {
        return node.run("sh", "-c", "tr '\\0' ' ' </proc/$(systemctl show -P MainPID kubelet)/cmdline");
    }

    void restartKubelet() {
        restartKubelet("systemctl restart kubelet");
    }

    @Override
    public void close() {
        restartKubelet(
                "rm -f %s; [ ! -e %2$s.before ] || mv %2$s.before %2$s; systemctl daemon-reload; systemctl restart kubelet"
                        .formatted(DROP_IN, CONFIGURATION));
    }

    /** The node stays Ready meanwhile; kubelet's health port tells that it runs again. */
    private void restartKubelet(String commands) {
        node.run("sh", "-ec", commands);
        node.run(
                "bash", "-c", "timeout 60 bash -c 'until (: </dev/tcp/127.0.0.1/10248) 2>/dev/null; do sleep 1; done'");
        berth.kubectl("wait", "--for=condition=Ready", "node/" + node.name(), "--timeout=60s");
    }
}
