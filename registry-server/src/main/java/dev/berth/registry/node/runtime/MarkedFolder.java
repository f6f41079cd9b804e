package dev.berth.registry.node.runtime;

import dev.berth.registry.node.runtime.MarkedFile.Owner;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The folder of one host among those of other hosts (`certs.d`), and Berth's files in it. A runtime may read it at any time. So a new folder is
 * written beside its place and then renamed, and a file in an existing folder is replaced by a rename.
 */
public final class MarkedFolder {
    private final Path parent;
    private final HostName host;
    private final List<String> files;
    private final Path folder;

    /** Writes Berth's files into a folder. */
    @FunctionalInterface
    public interface Filling {
        void fill(Path folder) throws IOException;
    }

    /**
     * @param parent the folder with a folder for each host, such as `certs.d`
     * @param files the names of the files that Berth writes, in the order in which they are removed
     */
    public MarkedFolder(Path parent, HostName host, List<String> files) {
        this.parent = parent;
        this.host = host;
        this.files = List.copyOf(files);
        this.folder = parent.resolve(host.text());
    }

    /** What somebody else has in the place of the folder or of one of the files; empty if nothing is in the way. */
    public Optional<String> conflict() throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!isFolder(folder)) {
            return Optional.of(this + " is not a folder");
        }
        for (var file : files) {
            if (new MarkedFile(folder, file).owner() == Owner.OTHERS) {
                return Optional.of(this + "/" + file + " was not written by Berth");
            }
        }
        return Optional.empty();
    }

    /** Whether the folder has a file that Berth wrote. */
    public boolean holdsOurs() throws IOException {
        return holdsOurs(folder, files);
    }

    /** The names of all files in the folder, except unfinished ones of Berth. */
    public List<String> names() throws IOException {
        return Folders.names(folder).stream()
                .filter(file -> !Folders.isAside(file))
                .toList();
    }

    /** Fills the folder, which is made if it is missing. */
    public void write(Filling filling) throws IOException {
        if (isFolder(folder)) {
            filling.fill(folder);
            return;
        }
        MadeFolder.make(parent);
        var aside = aside();
        Files.createDirectories(aside);
        filling.fill(aside);
        Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
        Folders.force(parent);
    }

    /** Removes the files that Berth wrote, and the folder if that leaves it empty; with the last of them also what Berth had to make for them. */
    public void remove() throws IOException {
        var aside = aside();
        if (isFolder(aside)) {
            removeOurs(aside);
            Folders.removeIfEmpty(aside);
        }
        if (isFolder(folder) && removeOurs(folder)) {
            Folders.removeIfEmpty(folder);
        }
        giveBackIfUnused(parent);
    }

    /**
     * The hosts that have such files of Berth, also unfinished ones.
     *
     * @throws IOException if they can't be listed
     */
    public static SortedSet<HostName> present(Path parent, List<String> files) throws IOException {
        var hosts = new TreeSet<HostName>();
        for (var name : Folders.names(parent)) {
            host(parent, name, files).ifPresent(hosts::add);
        }
        if (hosts.isEmpty()) {
            giveBackIfUnused(parent);
        }
        return hosts;
    }

    private static Optional<HostName> host(Path parent, String name, List<String> files) throws IOException {
        var unfinished = Folders.isAside(name);
        var host = Folders.finished(name);
        return HostName.accepts(host) && (unfinished || holdsOurs(parent.resolve(name), files))
                ? Optional.of(new HostName(host))
                : Optional.empty();
    }

    /** Files of another kind of Berth's may be in the same folders. The first one ends the search: each removed host asks this. */
    private static void giveBackIfUnused(Path parent) throws IOException {
        if (Files.isDirectory(parent)) {
            try (var folders = Files.newDirectoryStream(parent)) {
                for (var folder : folders) {
                    var name = String.valueOf(folder.getFileName());
                    if (isFolder(folder) && (Folders.isAside(name) || holdsOurs(folder, Folders.names(folder)))) {
                        return;
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        MadeFolder.giveBack(parent);
    }

    private static boolean holdsOurs(Path folder, List<String> files) throws IOException {
        if (!isFolder(folder)) {
            return false;
        }
        for (var file : files) {
            if (new MarkedFile(folder, file).owner() == Owner.BERTH) {
                return true;
            }
        }
        return false;
    }

    private boolean removeOurs(Path from) throws IOException {
        var removed = false;
        for (var file : files) {
            removed |= new MarkedFile(from, file).remove();
        }
        return removed;
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private Path aside() {
        return parent.resolve("." + host.text() + Folders.ASIDE);
    }

    /** Such as `certs.d/apps.team-a.svc`. */
    @Override
    public String toString() {
        return parent.getFileName() + "/" + host;
    }
}
