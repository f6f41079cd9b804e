package dev.berth.registry.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The contents of some files at the moment when they were read, in their order. */
public final class FileContents {
    private final Map<Path, byte[]> contents;

    private FileContents(Map<Path, byte[]> contents) {
        this.contents = contents;
    }

    /**
     * Reads all of them.
     *
     * @throws InvalidSettings naming the first that cannot be read
     */
    public static FileContents read(List<Path> files) {
        var contents = new LinkedHashMap<Path, byte[]>();
        for (var file : files) {
            contents.put(file, bytesOf(file));
        }
        return new FileContents(contents);
    }

    /** These files and then the others. */
    public FileContents and(FileContents more) {
        var all = new LinkedHashMap<>(contents);
        all.putAll(more.contents);
        return new FileContents(all);
    }

    public List<Path> files() {
        return List.copyOf(contents.keySet());
    }

    /** The content of one of the files. */
    public byte[] of(Path file) {
        var bytes = contents.get(file);
        if (bytes == null) {
            throw new IllegalArgumentException(file + " was not read");
        }
        return bytes.clone();
    }

    /** The SHA-256 of all files' bytes one after the other, in hex. Anyone with the files can compute it and compare. */
    public String revision() {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            contents.values().forEach(hash::update);
            return HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] bytesOf(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new InvalidSettings("There is no file " + file + "; check the path.", e);
        } catch (AccessDeniedException e) {
            throw new InvalidSettings("The file " + file + " can't be read by this user; check its permissions.", e);
        } catch (IOException e) {
            throw new InvalidSettings("The file " + file + " can't be read (" + e.getMessage() + ").", e);
        }
    }
}
