package dev.berth.registry.content;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

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

    /**
     * Gives `file`, which is somebody else's, a second name. Its mode and owner are the same under both and stay as they are, so this is
     * only done where who owns `folder`, and so runs the server, can read it as it is.
     *
     * @return false where it can't be: another file system, a mode that shuts the server out, a system that lets only owners link
     */
    static boolean share(Path file, Path link, Path folder) throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        boolean isOwn = Files.getOwner(file).equals(Files.getOwner(folder));
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
