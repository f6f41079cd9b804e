package dev.berth.registry.node.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** What is done to folders as a whole. */
public final class Folders {
    /** Ends the names of files and folders that are being made ready; they begin with a dot, as no host does. */
    public static final String ASIDE = ".berth";

    private Folders() {}

    public static boolean isAside(String name) {
        return name.startsWith(".") && name.endsWith(ASIDE);
    }

    /** Names in a folder, sorted; none if there is no such folder. */
    public static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** Makes renames and deletions in it durable (on Linux: fsync of the folder). */
    public static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes a folder that is empty; one that isn't belongs to others too, and stays. */
    public static void removeIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            return;
        }
    }
}
