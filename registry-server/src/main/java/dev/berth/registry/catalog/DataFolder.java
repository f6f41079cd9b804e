package dev.berth.registry.catalog;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The folder that holds everything, while this process has it for itself. */
final class DataFolder implements AutoCloseable {

    private final Path path;
    private final Optional<FileChannel> lock;
    private final FolderOwner owner;

    private DataFolder(Path path, Optional<FileChannel> lock, FolderOwner owner) {
        this.path = path;
        this.lock = lock;
        this.owner = owner;
    }

    /** Takes the folder; the operating system gives it back when the process ends, however it ends. */
    static DataFolder take(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel lock =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(lock)) {
                lock.close();
                throw new StorageInUse(path, ServerAddress.in(path));
            }
            return new DataFolder(path, Optional.of(lock), FolderOwner.of(path));
        } catch (IOException e) {
            throw new StorageUnavailable(
                    "the data folder " + path + " can't be used (" + e
                            + "); it must be a folder this user can write to",
                    e);
        }
    }

    /** The folder that another process has, to be read only. */
    static DataFolder beside(Path path) {
        try {
            return new DataFolder(path, Optional.empty(), FolderOwner.of(path));
        } catch (IOException e) {
            throw new StorageUnavailable("the data folder " + path + " can't be read (" + e + ")", e);
        }
    }

    Path path() {
        return path;
    }

    Path database() {
        return database(path);
    }

    static Path database(Path folder) {
        return folder.resolve("metadata.db");
    }

    /** Lets others on this machine find who has the folder. */
    void announce(URI server) {
        ServerAddress.write(path, server);
    }

    @Override
    public void close() {
        if (lock.isEmpty()) {
            return;
        }
        try {
            ServerAddress.remove(path);
            owner.handOver(path);
            lock.get().close();
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
