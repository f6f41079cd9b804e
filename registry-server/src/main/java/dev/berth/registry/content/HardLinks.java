package dev.berth.registry.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a file system can give a file two names, and how many a file has. */
final class HardLinks {

    /** Whether hard links work in a folder. */
    @FunctionalInterface
    interface Check {
        boolean workIn(Path folder) throws IOException;
    }

    private HardLinks() {}

    /** Tries it in `folder`: some network and USB file systems can't, and only trying tells. */
    static boolean work(Path folder) throws IOException {
        Path one = folder.resolve("probe");
        Path two = folder.resolve("probe.link");
        Files.createFile(one);
        try {
            Files.createLink(two, one);
            return count(one) == 2;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        } finally {
            Files.deleteIfExists(two);
            Files.delete(one);
        }
    }

    static int count(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:nlink");
    }
}
