package dev.berth.registry.node.containers;

import dev.berth.registry.node.runtime.CertificateBundle;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.MadeFolder;
import dev.berth.registry.node.runtime.MarkedFile;
import dev.berth.registry.node.runtime.MarkedFolder;
import dev.berth.registry.node.runtime.RegistryHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The mirrors on a node with podman or CRI-O: a drop-in per upstream, and the authority of the Registry that each names. One Registry may serve
 * several mirrors, so its authority goes with the last of them.
 */
final class Mirrors {
    /** Another name than that of registries which are reached by their own names, since both kinds share `certs.d`. */
    private static final List<String> AUTHORITY = List.of("berth-mirror.crt");

    private final RegistriesConf others;
    private final Path certs;

    /** @param containers the folder `/etc/containers` as this process sees it */
    Mirrors(Path containers) {
        this.others = new RegistriesConf(containers);
        this.certs = containers.resolve("certs.d");
    }

    HostOutcome configure(RegistryHost mirror) {
        var dropIn = dropIn(mirror.name());
        try {
            var conflict = dropIn.conflict().or(() -> conflict(mirror.name()));
            var location = MirrorLocation.of(mirror)
                    .filter(found -> mirror.ca().isEmpty() || found.insecure() || found.isAddress());
            if (conflict.isPresent() || location.isEmpty()) {
                dropIn.remove();
                sweep();
                return conflict.<HostOutcome>map(why -> new HostOutcome.Conflict(
                                why + "; move it away on the node, and the mirror is set up within seconds"))
                        .orElseGet(() -> new HostOutcome.Unsupported("podman and CRI-O can't be given the address "
                                + mirror.endpoint() + " of the mirror with an authority of its own; they pull from "
                                + mirror.name() + " itself"));
            }
            if (mirror.ca().isPresent() && !location.get().insecure()) {
                write(location.get().host(), mirror.ca().get());
            }
            MadeFolder.make(others.dropIns());
            dropIn.write(location.get());
            sweep();
            return new HostOutcome.Configured();
        } catch (IOException e) {
            return new HostOutcome.Failed("writing " + dropIn.folder() + " for " + mirror.name() + ": " + e);
        }
    }

    Optional<HostOutcome.Failed> remove(HostName host) {
        try {
            if (dropIn(host).remove()) {
                sweep();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new HostOutcome.Failed("removing the mirror of " + host + ": " + e));
        }
    }

    /** The upstreams that have a drop-in of Berth. Removes what an interrupted removal of the last one left. */
    SortedSet<HostName> present() throws IOException {
        var hosts = MirrorDropIn.present(others.dropIns());
        if (hosts.isEmpty()) {
            sweep(hosts);
        }
        return hosts;
    }

    MirrorDropIn dropIn(HostName host) {
        return new MirrorDropIn(others.dropIns(), host);
    }

    private Optional<String> conflict(HostName host) {
        try {
            return others.conflict(host);
        } catch (IOException e) {
            return Optional.of(others.dropIns() + " can't be read (" + e.getMessage() + ")");
        }
    }

    private void write(HostName registry, CertificateBundle authority) throws IOException {
        folder(registry).write(folder -> new MarkedFile(folder, AUTHORITY.getFirst()).write(authority.pem()));
    }

    /** Removes the authorities of Registries that no drop-in names, and the folder of drop-ins if Berth made it. */
    private void sweep() throws IOException {
        sweep(MirrorDropIn.present(others.dropIns()));
    }

    /** @param hosts the upstreams that have a drop-in */
    private void sweep(SortedSet<HostName> hosts) throws IOException {
        var used = new HashSet<String>();
        for (var host : hosts) {
            dropIn(host).mirrorHost().ifPresent(used::add);
        }
        for (var registry : MarkedFolder.present(certs, AUTHORITY)) {
            if (!used.contains(registry.text())) {
                folder(registry).remove();
            }
        }
        if (hosts.isEmpty()) {
            MadeFolder.giveBack(others.dropIns());
        }
    }

    private MarkedFolder folder(HostName registry) {
        return new MarkedFolder(certs, registry, AUTHORITY);
    }
}
