package dev.berth.registry.node.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A file of Berth among files of others. Its first line says that Berth wrote it. A person who wants to keep the file removes that line. TOML
 * and PEM parsers both skip it.
 */
public final class MarkedFile {
    private static final String MARK = "# Written by Berth (berth.dev)";
    private static final String FIRST_LINE = MARK + "; it goes when its registry goes, and changes to it are undone.\n";

    /** Whose a file is. */
    public enum Owner {
        NOBODY,
        BERTH,
        OTHERS
    }

    private final Path folder;
    private final Path path;
    private final Path next;

    public MarkedFile(Path folder, String name) {
        this.folder = folder;
        this.path = folder.resolve(name);
        // Always the same name, so that interrupted writes leave one file behind at most.
        this.next = folder.resolve("." + name + Folders.ASIDE);
    }

    public Owner owner() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Owner.NOBODY;
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return Owner.OTHERS;
        }
        var mark = MARK.getBytes(StandardCharsets.UTF_8);
        try (var file = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            return Arrays.equals(file.readNBytes(mark.length), mark) ? Owner.BERTH : Owner.OTHERS;
        }
    }

    /** Writes `text` below the first line, unless the file holds it already. A reader sees the old text or the new one, also after a power cut. */
    public void write(String text) throws IOException {
        var bytes = (FIRST_LINE + text).getBytes(StandardCharsets.UTF_8);
        if (owner() == Owner.BERTH && Arrays.equals(Files.readAllBytes(path), bytes)) {
            return;
        }
        try (var file = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            file.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        Folders.force(folder);
    }

    /** Removes the file if Berth wrote it, and what an interrupted write left beside it. Returns true if either existed. */
    public boolean remove() throws IOException {
        // A file that doesn't exist can't be deleted on a read-only disk either.
        var left = Files.exists(next, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(next);
        if (owner() == Owner.BERTH) {
            Files.delete(path);
            return true;
        }
        return left;
    }
}
