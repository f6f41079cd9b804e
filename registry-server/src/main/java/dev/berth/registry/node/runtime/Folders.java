package dev.berth.registry.node.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Operations on folders. */
public final class Folders {
    /** The end of the names of unfinished files and folders. Their names begin with a dot, which no host name does. */
    public static final String ASIDE = ".berth";

    private Folders() {}

    public static boolean isAside(String name) {
        return name.startsWith(".") && name.endsWith(ASIDE);
    }

    /** The name that a file or folder has once it is finished. */
    public static String finished(String name) {
        return isAside(name) ? name.substring(1, name.length() - ASIDE.length()) : name;
    }

    /** The names in a folder, sorted; none if the folder doesn't exist. */
    public static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** Makes renames and deletions in a folder durable (on Linux: fsync of the folder). */
    public static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes a folder if it is empty. A folder that isn't holds files of others and stays. */
    public static void removeIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            return;
        }
    }
}
