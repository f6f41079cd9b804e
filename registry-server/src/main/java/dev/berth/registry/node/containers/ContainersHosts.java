package dev.berth.registry.node.containers;

import dev.berth.registry.node.names.NamedHosts;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.NodeRoot;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The files that podman and CRI-O share. A Registry is reached by its own name, since the library sends no credentials to another address. A mirror
 * is set up by a drop-in, and serves only images that need no login.
 */
final class ContainersHosts {
    private final NamedHosts named;
    private final Mirrors mirrors;

    ContainersHosts(NodeRoot root) {
        this.named = new NamedHosts(root.here("/etc/hosts"), root.here("/etc/containers/certs.d"));
        this.mirrors = new Mirrors(root.here("/etc/containers"));
    }

    HostOutcome configure(RegistryHost host) {
        var isMirror = host.fallBack() == FallBack.UPSTREAM;
        var failure = isMirror ? named.remove(host.name()) : mirrors.remove(host.name());
        return failure.<HostOutcome>map(failed -> failed)
                .orElseGet(() -> isMirror ? mirrors.configure(host) : named.configure(host));
    }

    Optional<HostOutcome.Failed> remove(HostName host) {
        var name = named.remove(host);
        var mirror = mirrors.remove(host);
        return name.or(() -> mirror);
    }

    /** @throws UncheckedIOException if they can't be listed */
    SortedSet<HostName> present() {
        try {
            var hosts = new TreeSet<>(mirrors.present());
            hosts.addAll(named.present());
            return hosts;
        } catch (IOException e) {
            throw new UncheckedIOException("looking for mirrors of Berth in registries.conf.d", e);
        }
    }

    MirrorDropIn dropIn(HostName mirror) {
        return mirrors.dropIn(mirror);
    }
}
