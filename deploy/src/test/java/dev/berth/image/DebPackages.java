package dev.berth.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/** Writes small binary packages as dpkg-deb would. */
final class DebPackages {
    private DebPackages() {}

    /** Puts files, by path such as `./usr/lib/a.so`, and symbolic links to names beside them into a package. */
    static DebFile holding(Path folder, Map<String, String> files, Map<String, String> links) {
        return holding(folder, files, links, Map.of());
    }

    /** A package with hard links. A link names the path of its file from the root of the package. */
    static DebFile holding(
            Path folder, Map<String, String> files, Map<String, String> links, Map<String, String> hardLinks) {
        try {
            var data = new ByteArrayOutputStream();
            try (var tar = new TarArchiveOutputStream(new XZCompressorOutputStream(data))) {
                for (var file : files.entrySet()) {
                    var bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
                    var entry = new TarArchiveEntry(file.getKey());
                    entry.setSize(bytes.length);
                    tar.putArchiveEntry(entry);
                    tar.write(bytes);
                    tar.closeArchiveEntry();
                }
                link(tar, links, TarConstants.LF_SYMLINK);
                link(tar, hardLinks, TarConstants.LF_LINK);
            }
            var deb = Files.createTempFile(folder, "package", ".deb");
            try (var ar = new ArArchiveOutputStream(Files.newOutputStream(deb))) {
                member(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
                member(ar, "data.tar.xz", data.toByteArray());
            }
            return DebFile.read(deb);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(TarArchiveOutputStream tar, Map<String, String> links, byte kind) throws IOException {
        for (var link : links.entrySet()) {
            var entry = new TarArchiveEntry(link.getKey(), kind);
            entry.setLinkName(link.getValue());
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
    }

    private static void member(ArArchiveOutputStream ar, String name, byte[] bytes) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, bytes.length));
        ar.write(bytes);
        ar.closeArchiveEntry();
    }
}
