package dev.berth.registry.node.runtime;

import java.io.IOException;
import java.io.InputStream;
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
 * A file of ours among files of others. Its first line says whose it is, and that line alone makes it ours: whoever wants to keep it takes
 * the line out. TOML and PEM readers both pass over it.
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
        // The same name each time, so that a write that was cut short leaves one file behind at most.
        this.next = folder.resolve("." + name + Folders.ASIDE);
    }

    public Owner owner() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Owner.NOBODY;
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return Owner.OTHERS;
        }
        byte[] mark = MARK.getBytes(StandardCharsets.UTF_8);
        try (InputStream file = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            return Arrays.equals(file.readNBytes(mark.length), mark) ? Owner.BERTH : Owner.OTHERS;
        }
    }

    /** Makes the file hold `text` below its mark: a reader sees the old text or the new one, also after a power cut. Equal text is not written. */
    public void write(String text) throws IOException {
        byte[] bytes = (FIRST_LINE + text).getBytes(StandardCharsets.UTF_8);
        if (owner() == Owner.BERTH && Arrays.equals(Files.readAllBytes(path), bytes)) {
            return;
        }
        try (FileChannel file = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            file.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        Folders.force(folder);
    }

    /** Takes the file away if it is ours, and what a write that was cut short left beside it. True if either was there. */
    public boolean remove() throws IOException {
        boolean left = Files.deleteIfExists(next);
        if (owner() == Owner.BERTH) {
            Files.delete(path);
            return true;
        }
        return left;
    }
}
