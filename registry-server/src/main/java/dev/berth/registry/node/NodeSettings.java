package dev.berth.registry.node;

import dev.berth.registry.engine.DockerFolder;
import dev.berth.registry.engine.EngineAddress;
import dev.berth.registry.node.credentials.CredentialSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the node agent.
 *
 * @param hosts the folder with the parts of the list of hosts, or a file with the whole list
 * @param runtimes the container runtimes that this node may have
 * @param docker the engine that the agent asks for test pulls and images in advance; empty to ask over CRI
 * @param node this node
 * @param management the address of `/livez`, `/readyz`, `/status` and `/metrics`
 * @param endpoint where container runtimes of this node reach the agent's own endpoint; empty if it is off
 * @param credentials the credential provider for kubelet; empty if it is off
 * @param installation the DaemonSet that the agent belongs to; empty outside Kubernetes, where stopping never means uninstalling
 */
public record NodeSettings(
        Path hosts,
        Runtimes runtimes,
        Optional<DockerApi> docker,
        NodePlace node,
        InetSocketAddress management,
        Optional<InetSocketAddress> endpoint,
        Optional<CredentialSettings> credentials,
        boolean manageRuntimeConfig,
        Optional<DaemonSet> installation) {
    /**
     * The container runtimes that this node may have.
     *
     * @param known the first of these that the node has is set up; files of all are removed
     * @param asked the name of the only one that may be set up; empty to find it by looking
     */
    public record Runtimes(List<RuntimeSettings> known, Optional<String> asked) {}

    /**
     * The Docker Engine of this machine.
     *
     * @param logins the logins for registries that `docker login` has stored
     */
    public record DockerApi(EngineAddress engine, DockerFolder logins) {}

    /**
     * This node.
     *
     * @param name as the API server knows it; empty outside of Kubernetes
     * @param root its root folder, as this process sees it
     * @param criSockets where its runtime may listen
     */
    public record NodePlace(Optional<String> name, Path root, List<Path> criSockets) {}

    /**
     * A DaemonSet, and how to read it.
     *
     * @param account the folder where Kubernetes mounts `ca.crt`, `token` and `namespace` of the pod
     * @param accountName the name of the pod's service account
     */
    public record DaemonSet(String name, URI apiServer, Path account, String accountName) {}
}
