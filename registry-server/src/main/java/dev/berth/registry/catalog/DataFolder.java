package dev.berth.registry.catalog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder that holds everything, while this process has it for itself. */
final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Takes the folder; the operating system gives it back when the process ends, however it ends. */
    static DataFolder take(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel lock =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(lock)) {
                lock.close();
                throw new StorageUnavailable(
                        "another server is using " + path + "; stop it, or give this one a data folder of its own");
            }
            return new DataFolder(path, lock);
        } catch (IOException e) {
            throw new StorageUnavailable(
                    "the data folder " + path + " can't be used (" + e
                            + "); it must be a folder this user can write to",
                    e);
        }
    }

    Path path() {
        return path;
    }

    Path database() {
        return path.resolve("metadata.db");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StorageUnavailable("could not give the data folder " + path + " back", e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
