package dev.berth.registry.node.containerd;

import dev.berth.registry.node.runtime.Folders;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The folders of per-host files on a node. Berth writes to one, and containerd may read several: the first that has a folder for a host, or one
 * for hosts without a folder, counts for that host.
 *
 * @param own where Berth writes
 * @param read what containerd reads, in its order
 * @param known where files of Berth may be, from an earlier configuration of containerd too
 */
record CertFolders(Path own, List<Path> read, Set<Path> known) {
    HostOutcome configure(RegistryHost host) {
        var folder = new HostFolder(own, host.name());
        try {
            var conflict = conflict(folder, host);
            if (conflict.isPresent()) {
                if (host.fallBack() == FallBack.UPSTREAM) {
                    folder.remove(); // somebody else has set this host up since, and the upstream still serves it
                }
                return new HostOutcome.Conflict(
                        conflict.get() + "; move it away on the node, and it is set up within seconds");
            }
            folder.write(host);
            for (var other : known) {
                if (!other.equals(own)) {
                    new HostFolder(other, host.name()).remove();
                }
            }
            return new HostOutcome.Configured();
        } catch (IOException e) {
            return new HostOutcome.Failed("writing " + own + "/" + host.name() + ": " + e);
        }
    }

    Optional<HostOutcome.Failed> remove(HostName host) {
        for (var folder : known) {
            try {
                new HostFolder(folder, host).remove();
            } catch (IOException e) {
                return Optional.of(new HostOutcome.Failed("removing " + folder + "/" + host + ": " + e));
            }
        }
        return Optional.empty();
    }

    SortedSet<HostName> present() {
        var hosts = new TreeSet<HostName>();
        for (var folder : known) {
            try {
                hosts.addAll(HostFolder.present(folder));
            } catch (IOException e) {
                throw new UncheckedIOException("listing " + folder, e);
            }
        }
        return hosts;
    }

    /** Whether files of others lie in the folder where Berth writes, or that can't be seen. They would count as soon as containerd reads it. */
    boolean hasOthers() {
        try {
            var ours = HostFolder.present(own);
            return Folders.names(own).stream()
                    .map(own::resolve)
                    .filter(Files::isDirectory)
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .anyMatch(name -> !HostName.accepts(Folders.finished(name))
                            || !ours.contains(new HostName(Folders.finished(name))));
        } catch (IOException e) {
            return true;
        }
    }

    private Optional<String> conflict(HostFolder folder, RegistryHost host) throws IOException {
        var here = folder.conflict(host.fallBack());
        if (here.isPresent()) {
            return here;
        }
        var first = true;
        for (var other : read) {
            if (other.equals(own)) {
                first = false;
            } else if (isOthers(other, host.name())) {
                return Optional.of(other + "/" + host.name() + " was not written by Berth and is for the same host");
            } else if ((first || host.fallBack() == FallBack.UPSTREAM) && exists(other.resolve(HostFolder.DEFAULT))) {
                return Optional.of(other + "/" + HostFolder.DEFAULT
                        + " says how to reach hosts without a folder of their own, " + host.name() + " among them");
            }
        }
        return Optional.empty();
    }

    private static boolean isOthers(Path certs, HostName host) throws IOException {
        return exists(certs.resolve(host.text())) && !new HostFolder(certs, host).holdsOurs();
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
