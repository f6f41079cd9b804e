package dev.berth.registry.node.names;

import dev.berth.registry.node.runtime.CertificateBundle;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.MarkedFile;
import dev.berth.registry.node.runtime.MarkedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * `certs.d` with `HOST[:PORT]/ca.crt`, which Docker Engine (docs.docker.com, "Verify repository client with certificates"), podman and CRI-O
 * (containers-certs.d(5)) read at each pull. Certificates of others in the folder of a host count beside Berth's.
 */
final class CertsFolder {
    private static final String CA_FILE = "ca.crt";
    private static final List<String> FILES = List.of(CA_FILE);

    private final Path certs;

    CertsFolder(Path certs) {
        this.certs = certs;
    }

    /** What somebody else has in the place of the authority; empty if nothing is in the way. */
    Optional<String> conflict(HostName host) throws IOException {
        return folder(host).conflict();
    }

    void write(HostName host, CertificateBundle authority) throws IOException {
        folder(host).write(folder -> new MarkedFile(folder, CA_FILE).write(authority.pem()));
    }

    void remove(HostName host) throws IOException {
        folder(host).remove();
    }

    SortedSet<HostName> present() throws IOException {
        return MarkedFolder.present(certs, FILES);
    }

    Path of(HostName host) {
        return certs.resolve(host.text());
    }

    private MarkedFolder folder(HostName host) {
        return new MarkedFolder(certs, host, FILES);
    }
}
