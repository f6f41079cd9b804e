package dev.berth.registry.node.containers;

import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.berth.registry.node.runtime.Folders;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.MarkedFile;
import dev.berth.registry.node.runtime.MarkedFile.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The file in `registries.conf.d` that makes podman and CRI-O ask a mirror before they ask a host itself. */
record MirrorDropIn(Path folder, HostName host) {
    private static final String BEGIN = "50-berth-";
    private static final String END = ".conf";
    private static final TomlMapper TOML = new TomlMapper();

    /** The hosts that have such a file, also an unfinished one. */
    static SortedSet<HostName> present(Path folder) throws IOException {
        var hosts = new TreeSet<HostName>();
        for (var name : Folders.names(folder)) {
            var unfinished = Folders.isAside(name);
            var whole = Folders.finished(name);
            if (whole.startsWith(BEGIN) && whole.endsWith(END) && whole.length() > BEGIN.length() + END.length()) {
                var host = whole.substring(BEGIN.length(), whole.length() - END.length());
                if (HostName.accepts(host) && (unfinished || new MarkedFile(folder, name).owner() == Owner.BERTH)) {
                    hosts.add(new HostName(host));
                }
            }
        }
        return hosts;
    }

    /** @param mirror where images of the host are asked for first */
    void write(MirrorLocation mirror) throws IOException {
        file().write("[[registry]]\nprefix = \"" + host + "\"\nlocation = \"" + host
                + "\"\n\n[[registry.mirror]]\nlocation = \"" + mirror.path(host) + "\"\n"
                + (mirror.insecure() ? "insecure = true\n" : ""));
    }

    /** Removes the file if Berth wrote it. Returns true if it, or what an interrupted write left, was there. */
    boolean remove() throws IOException {
        return file().remove();
    }

    /** When it was written last; empty if it does not exist. */
    Optional<Instant> written() throws IOException {
        var path = folder.resolve(name());
        return Files.exists(path) ? Optional.of(Files.getLastModifiedTime(path).toInstant()) : Optional.empty();
    }

    /** The host and port of the mirror that it names; empty if it does not exist or is not whole. */
    Optional<String> mirrorHost() throws IOException {
        if (file().owner() != Owner.BERTH) {
            return Optional.empty();
        }
        var location = TOML.readTree(Files.readString(folder.resolve(name())))
                .path("registry")
                .path(0)
                .path("mirror")
                .path(0)
                .path("location")
                .asText("");
        return Optional.of(location.replaceFirst("/.*", "")).filter(text -> !text.isEmpty());
    }

    /** Somebody else's file of this name; empty if there is none. */
    Optional<String> conflict() throws IOException {
        return file().owner() == Owner.OTHERS
                ? Optional.of(folder.resolve(name()) + " was not written by Berth")
                : Optional.empty();
    }

    private MarkedFile file() {
        return new MarkedFile(folder, name());
    }

    private String name() {
        return BEGIN + host + END;
    }
}
