package dev.berth.registry.node.containers;

import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.NodeRoot;
import dev.berth.registry.node.runtime.RegistryHost;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** podman on a host without Kubernetes. It has no daemon, and reads its files at each pull. */
public final class Podman implements ContainerRuntime {
    private static final List<String> PROGRAMS = List.of("/usr/bin/podman", "/usr/local/bin/podman");

    private final NodeRoot root;
    private final boolean inKubernetes;
    private final ContainersHosts hosts;

    /** @param inKubernetes whether only the runtime of a kubelet counts, which podman never is */
    public Podman(NodeRoot root, boolean inKubernetes) {
        this.root = root;
        this.inKubernetes = inKubernetes;
        this.hosts = new ContainersHosts(root);
    }

    @Override
    public String name() {
        return "podman";
    }

    @Override
    public Optional<String> notApplicable() {
        if (inKubernetes) {
            return Optional.of("podman serves no kubelet");
        }
        return PROGRAMS.stream().anyMatch(program -> Files.exists(root.here(program)))
                ? Optional.empty()
                : Optional.of("there is no podman here, neither " + String.join(" nor ", PROGRAMS));
    }

    @Override
    public HostOutcome configure(RegistryHost host) {
        return hosts.configure(host);
    }

    @Override
    public Optional<HostOutcome.Failed> remove(HostName host) {
        return hosts.remove(host);
    }

    @Override
    public SortedSet<HostName> present() {
        return hosts.present();
    }
}
