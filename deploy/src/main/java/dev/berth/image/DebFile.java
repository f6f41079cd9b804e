package dev.berth.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The files of a binary Debian package (deb(5)), by absolute path. Symbolic links are followed. */
final class DebFile {
    private static final int LINKS_FOLLOWED = 8;

    private final Map<Path, byte[]> files = new HashMap<>();
    private final Map<Path, Path> links = new HashMap<>();

    static DebFile read(Path file) {
        var deb = new DebFile();
        try (var in = new BufferedInputStream(Files.newInputStream(file));
                var members = new ArArchiveInputStream(in)) {
            for (ArArchiveEntry member = members.getNextEntry(); member != null; member = members.getNextEntry()) {
                if (member.getName().equals("data.tar.xz")) {
                    deb.unpack(new TarArchiveInputStream(new XZCompressorInputStream(members)));
                    return deb;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new ImageBuildException(file + " has no data.tar.xz: not a binary package of Debian 13");
    }

    private void unpack(TarArchiveInputStream tar) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            var path = Path.of("/").resolve(entry.getName()).normalize();
            if (entry.isSymbolicLink()) { // asked first: the library takes a link for a file, too
                links.put(path, path.resolveSibling(entry.getLinkName()).normalize());
            } else if (entry.isLink()) {
                files.put(path, linked(path, entry));
            } else if (entry.isFile()) {
                files.put(path, tar.readAllBytes());
            }
        }
    }

    /** A hard link has no bytes of its own: it names a file that came before it, from the root of the archive. */
    private byte[] linked(Path path, TarArchiveEntry entry) {
        var bytes = files.get(Path.of("/").resolve(entry.getLinkName()).normalize());
        if (bytes == null) {
            throw new ImageBuildException(path + " is a link to " + entry.getLinkName() + ", which is not before it");
        }
        return bytes;
    }

    /** The bytes at an absolute path such as `/usr/lib/x86_64-linux-gnu/libc.so.6`, or nothing. */
    Optional<byte[]> file(String path) {
        var current = Path.of(path);
        for (int followed = 0; followed < LINKS_FOLLOWED; followed++) {
            var target = links.get(current);
            if (target == null) {
                return Optional.ofNullable(files.get(current));
            }
            current = target;
        }
        return Optional.empty();
    }

    /** The regular files below a folder, by absolute path. */
    SortedMap<String, byte[]> below(String folder) {
        var found = new TreeMap<String, byte[]>();
        files.forEach((path, bytes) -> {
            if (path.startsWith(folder)) {
                found.put(path.toString(), bytes);
            }
        });
        return found;
    }
}
