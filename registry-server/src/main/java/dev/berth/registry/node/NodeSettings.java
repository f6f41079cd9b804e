package dev.berth.registry.node;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How an agent runs.
 *
 * @param hosts the folder with the parts of the list of hosts to set up, or a file with all of it
 * @param runtimes the container runtimes that this node may have; the first that it has is set up
 * @param management where `/livez`, `/readyz`, `/status` and `/metrics` are served
 * @param installation the DaemonSet that the agent belongs to; empty outside Kubernetes, where stopping never means uninstalling
 */
public record NodeSettings(
        Path hosts, List<RuntimeSettings> runtimes, InetSocketAddress management, Optional<DaemonSet> installation) {

    /**
     * A DaemonSet, and how to ask about it.
     *
     * @param account folder where Kubernetes mounts the pod's `ca.crt`, `token` and `namespace`
     */
    public record DaemonSet(String name, URI apiServer, Path account) {}
}
