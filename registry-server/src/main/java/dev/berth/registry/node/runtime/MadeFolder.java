package dev.berth.registry.node.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A folder that was missing on the node and that Berth made for its files. A marked file in it says so. It goes when Berth's files have gone. */
public final class MadeFolder {
    private static final String MARK = ".made-by-berth";

    private MadeFolder() {}

    /** Makes a folder, and those above it that are missing. A folder never exists without its mark, also after a power cut. */
    public static void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var parent = folder.toAbsolutePath().resolveSibling("");
        make(parent);
        var aside = aside(folder);
        Files.createDirectories(aside);
        new MarkedFile(aside, MARK).write("");
        Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
        Folders.force(parent);
    }

    /** Removes the mark, and the folder if nothing else is in it; then the same for the folder above. A folder without a mark stays. */
    public static void giveBack(Path folder) throws IOException {
        if (removeMark(aside(folder))) {
            Folders.removeIfEmpty(aside(folder));
        }
        if (removeMark(folder)) {
            Folders.removeIfEmpty(folder);
            var parent = Optional.ofNullable(folder.toAbsolutePath().getParent());
            if (parent.isPresent()) {
                giveBack(parent.get());
            }
        }
    }

    private static boolean removeMark(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && new MarkedFile(folder, MARK).remove();
    }

    private static Path aside(Path folder) {
        return folder.resolveSibling("." + folder.getFileName() + Folders.ASIDE);
    }
}
