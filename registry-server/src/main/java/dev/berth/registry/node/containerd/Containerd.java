package dev.berth.registry.node.containerd;

import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;

/**
 * containerd, which reads a folder for each host below its `config_path` at each pull, so it never has to be restarted (containerd's
 * docs/hosts.md).
 */
public final class Containerd implements ContainerRuntime {
    private final Path certs;
    private final Path configuration;

    /**
     * @param certs containerd's folder of per-host files
     * @param configuration its `config.toml`; a node without this file has another runtime
     */
    public Containerd(Path certs, Path configuration) {
        this.certs = certs;
        this.configuration = configuration;
    }

    @Override
    public String name() {
        return "containerd";
    }

    @Override
    public Optional<String> notApplicable() {
        if (Files.notExists(configuration)) {
            return Optional.of("there is no " + configuration.getFileName()
                    + " of containerd on this node, so that its runtime is another one or keeps its configuration elsewhere;"
                    + " Berth sets up containerd with /etc/containerd/config.toml");
        }
        try {
            return ContainerdConfiguration.read(configuration).notForKubelet();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public HostOutcome configure(RegistryHost host) {
        var folder = new HostFolder(certs, host.name());
        try {
            var conflict = folder.conflict(host.fallBack());
            if (conflict.isPresent()) {
                if (host.fallBack() == FallBack.UPSTREAM) {
                    folder.remove(); // somebody else has set this host up since, and the upstream still serves it
                }
                return new HostOutcome.Conflict(
                        conflict.get() + "; move it away on the node, and it is set up within seconds");
            }
            folder.write(host);
            return new HostOutcome.Configured();
        } catch (IOException e) {
            return new HostOutcome.Failed("writing " + certs + "/" + host.name() + ": " + e);
        }
    }

    @Override
    public Optional<HostOutcome.Failed> remove(HostName host) {
        try {
            new HostFolder(certs, host).remove();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new HostOutcome.Failed("removing " + certs + "/" + host + ": " + e));
        }
    }

    @Override
    public SortedSet<HostName> present() {
        try {
            return HostFolder.present(certs);
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + certs, e);
        }
    }

    @Override
    public Optional<String> doubt() {
        try {
            return ContainerdConfiguration.read(configuration).doubt(certs);
        } catch (IOException e) {
            return Optional.of("containerd's configuration can't be read: " + e);
        }
    }
}
