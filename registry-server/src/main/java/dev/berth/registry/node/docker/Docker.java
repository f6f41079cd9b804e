package dev.berth.registry.node.docker;

import dev.berth.registry.node.names.NamedHosts;
import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.NodeRoot;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.nio.file.Files;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Docker Engine, which reads an authority per host from `/etc/docker/certs.d` at each pull and resolves names as the node does. So it never has to be
 * restarted. Berth does not touch its `daemon.json`.
 */
public final class Docker implements ContainerRuntime {
    private static final String SOCKET = "/run/docker.sock";
    private static final String CRI_SOCKET = "/run/cri-dockerd.sock";
    private static final String FOLDER = "/etc/docker";
    private static final String NAMES = "/etc/hosts";

    private final NodeRoot root;
    private final boolean forKubelet;
    private final NamedHosts hosts;

    /** @param forKubelet whether Docker is of use here only if the kubelet uses it, by way of cri-dockerd */
    public Docker(NodeRoot root, boolean forKubelet) {
        this.root = root;
        this.forKubelet = forKubelet;
        this.hosts = new NamedHosts(root.here(NAMES), root.here(FOLDER + "/certs.d"));
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public Optional<String> notApplicable() {
        if (forKubelet && Files.notExists(root.here(CRI_SOCKET))) {
            return Optional.of("the kubelet does not use Docker Engine here, as there is no " + CRI_SOCKET);
        }
        if (Files.notExists(root.here(SOCKET)) && Files.notExists(root.here(FOLDER))) {
            return Optional.of("there is no Docker Engine here, neither " + SOCKET + " nor " + FOLDER);
        }
        return forKubelet && Files.notExists(root.here(NAMES))
                ? Optional.of("Docker Engine needs the node's /etc/hosts, which the agent does not see;"
                        + " add the component deploy/node/other-runtimes to let it")
                : Optional.empty();
    }

    @Override
    public HostOutcome configure(RegistryHost host) {
        if (host.fallBack() == FallBack.UPSTREAM) {
            return hosts.remove(host.name())
                    .<HostOutcome>map(failed -> failed)
                    .orElseGet(() -> new HostOutcome.Unsupported(mirror(host.name())));
        }
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

    /** `registry-mirrors` in daemon.json holds for docker.io alone. Docker does not say there which registry it means, and a Registry may mirror many. */
    private static String mirror(HostName upstream) {
        return "Docker Engine pulls the images of " + upstream
                + " from there and not from the mirror: it can't be told per host which"
                + " registry to ask first, and registry-mirrors in daemon.json sends a Registry no name of the upstream. Name the image"
                + " by the Registry instead, such as REGISTRY/" + upstream + "/REPOSITORY";
    }
}
