package dev.berth.registry.transfer.layout;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.transfer.FolderSource;
import dev.berth.registry.transfer.ImageSource;
import dev.berth.registry.transfer.TransferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder that has an image layout for each repository, in the folder of the repository's name, as zot keeps its images. Nothing is written
 * to it.
 *
 * @param layouts by the name of their repository
 * @param files   where each digest is that an import needs; filled by {@link ImportLayoutTree}
 */
public record LayoutTree(Path root, SortedMap<String, OciLayout> layouts, Map<Digest, Path> files)
        implements FolderSource {
    /**
     * Finds the layouts in a folder; empty if there are none.
     *
     * @throws TransferException if the folder itself is a layout
     */
    public static Optional<LayoutTree> find(Path folder) {
        var root = folder.toAbsolutePath().normalize();
        if (isLayout(root)) {
            throw new TransferException(folder + " is one OCI image layout; `load` loads it.");
        }
        var layouts = new TreeMap<String, OciLayout>();
        walk(root, "", layouts);
        return layouts.isEmpty() ? Optional.empty() : Optional.of(new LayoutTree(root, layouts, new HashMap<>()));
    }

    private static boolean isLayout(Path folder) {
        return Files.isRegularFile(folder.resolve(OciLayout.INDEX))
                && Files.isDirectory(folder.resolve(OciLayout.BLOBS));
    }

    /** A repository can be inside another one. Folders such as `.uploads`, `.sync` and `_trivy` are zot's own. */
    private static void walk(Path folder, String name, Map<String, OciLayout> found) {
        var layout = isLayout(folder);
        if (layout) {
            found.put(name, new OciLayout(folder));
        }
        for (var below : folders(folder)) {
            var word = String.valueOf(below.getFileName());
            if (!word.startsWith(".") && !word.startsWith("_") && !(layout && word.equals(OciLayout.BLOBS))) {
                walk(below, name.isEmpty() ? word : name + "/" + word, found);
            }
        }
    }

    /** The folders in a folder, without links, which could lead back. */
    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var found = Files.list(folder)) {
            return found.filter(path -> Files.isDirectory(path) && !Files.isSymbolicLink(path))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw ImageSource.unreadable(folder, e);
        }
    }

    @Override
    public Path bytes(Digest digest) {
        return files.getOrDefault(digest, root.resolve(digest.hex()));
    }

    @Override
    public boolean mayShare() {
        return true;
    }
}
