package dev.berth.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of an image, sorted by path. */
final class ImageFiles {
    private final Path made;
    private final SortedMap<String, ImageEntry> entries = new TreeMap<>();

    /**
     * Creates an image without files.
     *
     * @param made the folder for generated files
     */
    ImageFiles(Path made) {
        this.made = made;
    }

    void file(Layer layer, Path source, String path) {
        String mode = Files.isExecutable(source) ? "755" : "644";
        add(new ImageEntry(layer, source, path, mode, ImageEntry.ROOT));
    }

    void tree(Layer layer, Path folder, String path) {
        try (var files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .forEach(source -> file(layer, source, path + "/" + folder.relativize(source)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void bytes(Layer layer, byte[] bytes, String path, String mode) {
        add(new ImageEntry(layer, write(bytes, made.resolve("." + path)), path, mode, ImageEntry.ROOT));
    }

    void text(Layer layer, String text, String path) {
        bytes(layer, text.getBytes(StandardCharsets.UTF_8), path, "644");
    }

    /** An empty folder that the image's user may write to. */
    void writableFolder(Layer layer, String path, String mode) {
        var source = made.resolve("empty");
        try {
            Files.createDirectories(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        add(new ImageEntry(layer, source, path, mode, ImageEntry.BERTH));
    }

    List<ImageEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** The programs and shared libraries, by file name. */
    Map<String, byte[]> binaries() {
        var binaries = new TreeMap<String, byte[]>();
        for (var entry : entries.values()) {
            if (Files.isRegularFile(entry.source())
                    && (entry.name().contains(".so") || entry.mode().equals("755"))) {
                binaries.put(entry.name(), read(entry.source()));
            }
        }
        return binaries;
    }

    private void add(ImageEntry entry) {
        var other = entries.putIfAbsent(entry.path(), entry);
        if (other != null) {
            throw new ImageBuildException(
                    entry.path() + " comes from both " + other.source() + " and " + entry.source());
        }
    }

    /** Writes a file unless it holds these bytes: cached layers are found by the times of their files. */
    private static Path write(byte[] bytes, Path file) {
        try {
            if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.write(file, bytes);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
