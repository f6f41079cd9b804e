package dev.berth.registry.content;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** Hard links to files. */
final class HardLinks {
    /** Whether hard links work in a folder. */
    @FunctionalInterface
    interface Check {
        boolean workIn(Path folder) throws IOException;
    }

    private HardLinks() {}

    /** Tries a hard link in `folder`. Some network and USB file systems have none, and only a try tells. */
    static boolean work(Path folder) throws IOException {
        var one = folder.resolve("probe");
        var two = folder.resolve("probe.link");
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

    /**
     * Gives a file from elsewhere a second name. Its mode and owner do not change, so this is done only if the owner of `folder`, who runs
     * the server, can read the file.
     *
     * @return false if the file is on another file system, the server could not read it, or the system lets only owners make links
     */
    static boolean share(Path file, Path link, Path folder) throws IOException {
        var mode = Files.getPosixFilePermissions(file);
        var isOwn = Files.getOwner(file).equals(Files.getOwner(folder));
        if (!mode.contains(isOwn ? PosixFilePermission.OWNER_READ : PosixFilePermission.OTHERS_READ)) {
            return false;
        }
        try {
            Files.createLink(link, file);
            return true;
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            return false;
        }
    }

    static int count(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:nlink");
    }
}
