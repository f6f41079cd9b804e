package dev.berth.registry.node.names;

import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.RegistryHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The hosts of a runtime that reaches each by its name: a line in `/etc/hosts`, and the authority in a `certs.d`. Several runtimes of one node may
 * share both. Programs other than the runtime resolve the names, too.
 */
public final class NamedHosts {
    private static final String REMEDY = "; move it away on the node, and the host is set up within seconds";

    private final Path file;
    private final HostsBlock block;
    private final CertsFolder certs;

    /**
     * @param file the node's `/etc/hosts`, as this process sees it
     * @param certs the runtime's folder of authorities, such as `/etc/docker/certs.d`; it need not exist
     */
    public NamedHosts(Path file, Path certs) {
        this.file = file;
        this.block = new HostsBlock(file);
        this.certs = new CertsFolder(certs);
    }

    /** Makes the name of `host` lead to its endpoint, and its certificate trusted. The agent's own endpoint has another port, so it is not used. */
    public HostOutcome configure(RegistryHost host) {
        return switch (Reach.of(host)) {
            case Reach.Not(var why) ->
                remove(host.name())
                        .<HostOutcome>map(failed -> failed)
                        .orElseGet(() -> new HostOutcome.Unsupported(host.name() + " can't be set up: " + why));
            case Reach.ByItself() -> configure(host, Optional.empty());
            case Reach.ByLine(var address) -> configure(host, Optional.of(address));
        };
    }

    /**
     * Removes the line and the authority of a host.
     *
     * @return why that failed; empty if neither is left
     */
    public Optional<HostOutcome.Failed> remove(HostName host) {
        var line = failure("removing the line of " + host + " from " + file, () -> block.remove(host));
        var authority = failure("removing " + certs.of(host), () -> certs.remove(host));
        return line.or(() -> authority);
    }

    /**
     * The hosts that have a line or an authority of Berth.
     *
     * @throws UncheckedIOException if they can't be listed
     */
    public SortedSet<HostName> present() {
        try {
            var hosts = block.present();
            hosts.addAll(certs.present());
            return hosts;
        } catch (IOException e) {
            throw new UncheckedIOException("looking for registries of Berth in " + file + " and certs.d", e);
        }
    }

    /** The authority is written first, so that the name never leads to a server that is not trusted. */
    private HostOutcome configure(RegistryHost host, Optional<String> address) {
        try {
            var conflict = conflict(host.name(), address);
            if (conflict.isPresent()) {
                return new HostOutcome.Conflict(conflict.get() + REMEDY);
            }
        } catch (IOException e) {
            return new HostOutcome.Failed("reading what is there for " + host.name() + ": " + e);
        }
        return failure("writing " + certs.of(host.name()), () -> writeAuthority(host))
                .or(() -> failure("writing the line of " + host.name() + " into " + file, () -> {
                    writeLine(host.name(), address);
                }))
                .<HostOutcome>map(failed -> failed)
                .orElseGet(HostOutcome.Configured::new);
    }

    private Optional<String> conflict(HostName host, Optional<String> address) throws IOException {
        var certificates = certs.conflict(host);
        return certificates.isPresent() || address.isEmpty() ? certificates : block.conflict(host, address.get());
    }

    private void writeAuthority(RegistryHost host) throws IOException {
        if (host.ca().isPresent()) {
            certs.write(host.name(), host.ca().get());
        } else {
            certs.remove(host.name());
        }
    }

    private void writeLine(HostName host, Optional<String> address) throws IOException {
        if (address.isPresent()) {
            block.set(host, address.get());
        } else {
            block.remove(host);
        }
    }

    private static Optional<HostOutcome.Failed> failure(String what, Step step) {
        try {
            step.run();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new HostOutcome.Failed(what + ": " + e));
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
