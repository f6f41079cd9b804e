package dev.berth.registry.node.containerd;

import dev.berth.registry.node.runtime.Folders;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.MarkedFile;
import dev.berth.registry.node.runtime.MarkedFile.Owner;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The folder of one host in containerd's `certs.d`, with `hosts.toml` and `ca.crt`. containerd reads both at each pull. So a new folder is
 * written beside its place and then renamed, and a file in an existing folder is replaced by a rename.
 */
final class HostFolder {
    private static final String HOSTS_FILE = "hosts.toml";

    /** containerd's folder for hosts that have no folder of their own. */
    private static final String DEFAULT = "_default";

    private final Path certs;
    private final HostName host;
    private final Path folder;

    HostFolder(Path certs, HostName host) {
        this.certs = certs;
        this.host = host;
        this.folder = certs.resolve(host.text());
    }

    /** The configuration that Berth did not write and whose effect a write would change; empty if there is none. */
    Optional<String> conflict(FallBack fallBack) throws IOException {
        if (fallBack == FallBack.UPSTREAM && Files.exists(certs.resolve(DEFAULT), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(
                    certs.getFileName() + "/" + DEFAULT + " says how to reach hosts without a folder of their own, "
                            + host + " among them, and would no longer count for it");
        }
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(name() + " is not a folder");
        }
        for (var file : List.of(HOSTS_FILE, HostsToml.CA_FILE)) {
            if (new MarkedFile(folder, file).owner() == Owner.OTHERS) {
                return Optional.of(name() + "/" + file + " was not written by Berth");
            }
        }
        // Certificates alone, without hosts.toml, configure a host too (Docker's layout); an empty folder configures
        // nothing.
        var files = Folders.names(folder).stream()
                .filter(file -> !Folders.isAside(file))
                .toList();
        return files.isEmpty() || holdsOurs()
                ? Optional.empty()
                : Optional.of(name() + " holds files that Berth did not write (" + files.getFirst() + ")");
    }

    boolean holdsOurs() throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && (hostsToml(folder).owner() == Owner.BERTH || caFile(folder).owner() == Owner.BERTH);
    }

    void write(RegistryHost registry) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            fill(folder, registry);
            return;
        }
        var aside = aside();
        Files.createDirectories(aside);
        fill(aside, registry);
        Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
        Folders.force(certs);
    }

    /** The authority is written first, so that `hosts.toml` never names a missing file or the authority of an earlier address. */
    private static void fill(Path folder, RegistryHost registry) throws IOException {
        var ca = caFile(folder);
        if (registry.ca().isPresent()) {
            ca.write(registry.ca().get().pem());
        }
        hostsToml(folder).write(HostsToml.of(registry));
        if (registry.ca().isEmpty()) {
            ca.remove();
        }
    }

    /** Removes the files that Berth wrote, and the folder if that leaves it empty. */
    void remove() throws IOException {
        var aside = aside();
        if (Files.isDirectory(aside, LinkOption.NOFOLLOW_LINKS)) {
            removeOurs(aside);
            Folders.removeIfEmpty(aside);
        }
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && removeOurs(folder)) {
            Folders.removeIfEmpty(folder);
        }
    }

    private static boolean removeOurs(Path folder) throws IOException {
        var hostsToml = hostsToml(folder).remove();
        var ca = caFile(folder).remove();
        return hostsToml || ca;
    }

    private Path aside() {
        return certs.resolve("." + host.text() + Folders.ASIDE);
    }

    private static MarkedFile hostsToml(Path folder) {
        return new MarkedFile(folder, HOSTS_FILE);
    }

    private static MarkedFile caFile(Path folder) {
        return new MarkedFile(folder, HostsToml.CA_FILE);
    }

    private String name() {
        return certs.getFileName() + "/" + host;
    }
}
