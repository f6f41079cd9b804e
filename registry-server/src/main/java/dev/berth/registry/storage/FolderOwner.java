package dev.berth.registry.storage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The owner of a data folder. If root runs a command on the folder of a server that does not run as root, the server could not write the
 * files of that command. So the command gives them to the owner of the folder at its end. Files with a second hard link are not changed,
 * because they also belong to somebody else.
 */
record FolderOwner(int user, int group) {
    private static final int ROOT = 0;

    static FolderOwner of(Path folder) throws IOException {
        return new FolderOwner(number(folder, "unix:uid"), number(folder, "unix:gid"));
    }

    /** Advice on a folder that this user may not write to, for an error message. */
    static String advice(Path folder) {
        try {
            int owner = number(folder, "unix:uid");
            int self = number(Path.of("/proc/self"), "unix:uid");
            return owner == self
                    ? ". Its mode lets nobody write there: chmod u+rwx " + folder
                    : ". It belongs to user " + owner + ", and this is user " + self
                            + ": run this as that user, or chown -R " + self + " " + folder;
        } catch (IOException e) {
            return ". It must be a folder that this user can write to";
        }
    }

    /** Gives files of root to the owner of the folder. Does nothing unless root runs this and somebody else owns the folder. */
    void handOver(Path folder) throws IOException {
        if (user == ROOT || number(Path.of("/proc/self"), "unix:uid") != ROOT) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (number(file, "unix:nlink") == 1) {
                    give(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) throws IOException {
                give(below);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void give(Path path) throws IOException {
        if (number(path, "unix:uid") == ROOT) {
            Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static int number(Path path, String attribute) throws IOException {
        // /proc/self is a link to this process.
        return path.startsWith("/proc")
                ? (Integer) Files.getAttribute(path, attribute)
                : (Integer) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS);
    }
}
