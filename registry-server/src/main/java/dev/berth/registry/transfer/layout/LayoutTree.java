package dev.berth.registry.transfer.layout;

import dev.berth.registry.transfer.FolderSource;
import dev.berth.registry.transfer.TransferException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder that has an image layout for each repository, in the folder of the repository's name, as zot keeps its images. Nothing is written
 * to it.
 *
 * @param layouts by the name of their repository
 */
public record LayoutTree(Path root, SortedMap<String, OciLayout> layouts) {
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
        return layouts.isEmpty() ? Optional.empty() : Optional.of(new LayoutTree(root, layouts));
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
        for (var below : FolderSource.folders(folder)) {
            var word = String.valueOf(below.getFileName());
            var isOwn = word.startsWith(".") || word.startsWith("_") || (layout && word.equals(OciLayout.BLOBS));
            // A link could lead back.
            if (!isOwn && !Files.isSymbolicLink(below)) {
                walk(below, name.isEmpty() ? word : name + "/" + word, found);
            }
        }
    }
}
