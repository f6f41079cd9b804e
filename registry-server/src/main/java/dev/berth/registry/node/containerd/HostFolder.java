package dev.berth.registry.node.containerd;

import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.MarkedFile;
import dev.berth.registry.node.runtime.MarkedFolder;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** The folder of one host in containerd's `certs.d`, with `hosts.toml` and `ca.crt`. containerd reads both at each pull. */
final class HostFolder {
    private static final String HOSTS_FILE = "hosts.toml";
    private static final List<String> FILES = List.of(HOSTS_FILE, HostsToml.CA_FILE);

    /** containerd's folder for hosts that have no folder of their own. */
    static final String DEFAULT = "_default";

    private final Path certs;
    private final HostName host;
    private final MarkedFolder folder;

    HostFolder(Path certs, HostName host) {
        this.certs = certs;
        this.host = host;
        this.folder = new MarkedFolder(certs, host, FILES);
    }

    /** The hosts whose folders hold files of Berth. */
    static SortedSet<HostName> present(Path certs) throws IOException {
        return MarkedFolder.present(certs, FILES);
    }

    /** The configuration that Berth did not write and whose effect a write would change; empty if there is none. */
    Optional<String> conflict(FallBack fallBack) throws IOException {
        if (fallBack == FallBack.UPSTREAM && Files.exists(certs.resolve(DEFAULT), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(
                    certs.getFileName() + "/" + DEFAULT + " says how to reach hosts without a folder of their own, "
                            + host + " among them, and would no longer count for it");
        }
        var inTheWay = folder.conflict();
        if (inTheWay.isPresent()) {
            return inTheWay;
        }
        // Certificates alone, without hosts.toml, configure a host too (Docker's layout); an empty folder configures
        // nothing.
        var files = folder.names();
        return files.isEmpty() || folder.holdsOurs()
                ? Optional.empty()
                : Optional.of(folder + " holds files that Berth did not write (" + files.getFirst() + ")");
    }

    boolean holdsOurs() throws IOException {
        return folder.holdsOurs();
    }

    void write(RegistryHost registry) throws IOException {
        folder.write(into -> fill(into, registry));
    }

    /** The authority is written first, so that `hosts.toml` never names a missing file or the authority of an earlier address. */
    private static void fill(Path folder, RegistryHost registry) throws IOException {
        var ca = new MarkedFile(folder, HostsToml.CA_FILE);
        if (registry.ca().isPresent()) {
            ca.write(registry.ca().get().pem());
        }
        new MarkedFile(folder, HOSTS_FILE).write(HostsToml.of(registry));
        if (registry.ca().isEmpty()) {
            ca.remove();
        }
    }

    /** Removes the files that Berth wrote, and the folder if that leaves it empty. */
    void remove() throws IOException {
        folder.remove();
    }
}
