package dev.berth.registry.node.containers;

import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.NodeRoot;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.SortedSet;

/**
 * CRI-O. It reads names and authorities at each pull, and the drop-ins of mirrors when it starts or gets SIGHUP, which an agent in a pod of its own
 * can't send.
 */
public final class Crio implements ContainerRuntime {
    private static final String SOCKET = "/run/crio/crio.sock";
    private static final String FOLDER = "/etc/crio";

    private final NodeRoot root;
    private final ContainersHosts hosts;
    private final CrioConfiguration configuration;

    public Crio(NodeRoot root) {
        this.root = root;
        this.hosts = new ContainersHosts(root);
        this.configuration = new CrioConfiguration(root.here(FOLDER));
    }

    @Override
    public String name() {
        return "cri-o";
    }

    @Override
    public Optional<String> notApplicable() {
        if (Files.notExists(root.here(SOCKET)) && Files.notExists(root.here(FOLDER))) {
            return Optional.of("there is no CRI-O here, neither " + SOCKET + " nor " + FOLDER);
        }
        return Files.notExists(root.here("/etc/hosts")) || Files.notExists(root.here("/etc/containers"))
                ? Optional.of(
                        "CRI-O needs the node's /etc/hosts and /etc/containers, which the agent does not see; add the component"
                                + " deploy/node/other-runtimes to let it")
                : Optional.empty();
    }

    @Override
    public HostOutcome configure(RegistryHost host) {
        var outcome = hosts.configure(host);
        return host.fallBack() == FallBack.UPSTREAM && outcome instanceof HostOutcome.Configured
                ? unread(host.name()).<HostOutcome>map(HostOutcome.Failed::new).orElse(outcome)
                : outcome;
    }

    @Override
    public Optional<HostOutcome.Failed> remove(HostName host) {
        return hosts.remove(host);
    }

    @Override
    public SortedSet<HostName> present() {
        return hosts.present();
    }

    /** A mirror's other name would be a drop-in too, which CRI-O would not have read. */
    @Override
    public boolean canTryMirrors() {
        return false;
    }

    /** Why the running CRI-O does not know the drop-in of a mirror; empty if it does, or if that can't be seen. */
    private Optional<String> unread(HostName mirror) {
        try {
            var socket = root.here(SOCKET);
            var written = hosts.dropIn(mirror).written();
            if (written.isEmpty() || Files.notExists(socket) || configuration.reloadsRegistries()) {
                return Optional.empty();
            }
            var started = Files.getLastModifiedTime(socket).toInstant();
            return written.get().isAfter(started)
                    ? Optional.of("CRI-O has not read the mirror of " + mirror + " yet and pulls from " + mirror
                            + " itself: restart it on the"
                            + " node (systemctl restart crio; containers go on running), or put auto_reload_registries = true in the section"
                            + " [crio.image] of a file in /etc/crio/crio.conf.d before")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
