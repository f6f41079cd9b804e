package dev.berth.registry.node.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/**
 * A file of Berth among files of others. Its first line says that Berth wrote it. A person who wants to keep the file removes that line. Parsers of
 * TOML, YAML and PEM skip it, and so does systemd. In a script, the line comes after the one that names the interpreter.
 */
public final class MarkedFile {
    private static final String MARK = "# Written by Berth (berth.dev)";
    private static final String OF_A_REGISTRY =
            MARK + "; it goes when its registry goes, and changes to it are undone.\n";
    private static final String OF_THE_INSTALLATION = MARK + "; it goes when Berth is uninstalled.\n";
    private static final String SHELL = "#!/bin/sh\n";

    /** Whose a file is. */
    public enum Owner {
        NOBODY,
        BERTH,
        OTHERS
    }

    private final Path folder;
    private final Path path;
    private final Path next;
    private final String interpreter;
    private final String firstLine;

    public MarkedFile(Path folder, String name) {
        this(folder, name, "", OF_A_REGISTRY);
    }

    private MarkedFile(Path folder, String name, String interpreter, String firstLine) {
        this.interpreter = interpreter;
        this.firstLine = firstLine;
        this.folder = folder;
        this.path = folder.resolve(name);
        // Always the same name, so that interrupted writes leave one file behind at most.
        this.next = folder.resolve("." + name + Folders.ASIDE);
    }

    /** A shell script, which everybody may execute. */
    public static MarkedFile script(Path folder, String name) {
        return new MarkedFile(folder, name, SHELL, OF_A_REGISTRY);
    }

    /** A file that belongs to no registry and stays as long as Berth does. */
    public static MarkedFile ofTheInstallation(Path folder, String name) {
        return new MarkedFile(folder, name, "", OF_THE_INSTALLATION);
    }

    public Owner owner() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Owner.NOBODY;
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return Owner.OTHERS;
        }
        var mark = (interpreter + MARK).getBytes(StandardCharsets.UTF_8);
        try (var file = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            return Arrays.equals(file.readNBytes(mark.length), mark) ? Owner.BERTH : Owner.OTHERS;
        } catch (AccessDeniedException e) {
            return Owner.OTHERS; // Berth can read its own files
        }
    }

    /** Writes `text` below the first line, unless the file holds it already. A reader sees the old text or the new one, also after a power cut. */
    public void write(String text) throws IOException {
        var bytes = (interpreter + firstLine + text).getBytes(StandardCharsets.UTF_8);
        if (owner() == Owner.BERTH && Arrays.equals(Files.readAllBytes(path), bytes)) {
            return;
        }
        try (var file = FileChannel.open(
                next,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            file.force(true);
        }
        if (!interpreter.isEmpty()) {
            Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
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
