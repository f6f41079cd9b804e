package dev.berth.registry.storage;

import dev.berth.registry.reference.FileProblem;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The data folder, while this process has it open. */
final class DataFolder implements AutoCloseable {
    private final Path path;
    private final Optional<FileChannel> lock;
    private final FolderOwner owner;

    private DataFolder(Path path, Optional<FileChannel> lock, FolderOwner owner) {
        this.path = path;
        this.lock = lock;
        this.owner = owner;
    }

    /** Locks the folder for this process. The operating system unlocks it when the process ends in any way. */
    static DataFolder take(Path path) {
        try {
            make(path);
            var lock = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(lock)) {
                lock.close();
                throw new StorageInUse(path, ServerAddress.in(path));
            }
            return new DataFolder(path, Optional.of(lock), FolderOwner.of(path));
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** Opens a folder that another process has locked, for reading. */
    static DataFolder beside(Path path) {
        try {
            return new DataFolder(path, Optional.empty(), FolderOwner.of(path));
        } catch (IOException e) {
            throw new StorageUnavailable("the data folder " + path + " can't be read: " + FileProblem.of(e), e);
        }
    }

    /** Why {@link #take} could not use the folder if nobody had locked it; empty if it could. Writes nothing. */
    static Optional<StorageUnavailable> obstacle(Path path) {
        try {
            requireTarget(path);
            requireWritable(path.toAbsolutePath());
            return Optional.empty();
        } catch (StorageUnavailable e) {
            return Optional.of(e);
        } catch (IOException e) {
            return Optional.of(unusable(path, e));
        }
    }

    /** Throws what making the folder, or the lock in it, would throw. */
    private static void requireWritable(Path folder) throws IOException {
        var there = folder;
        var first = folder.resolve("lock");
        while (!Files.exists(there) && there.getParent() != null) {
            first = there;
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw there.equals(folder)
                    ? new FileAlreadyExistsException(folder.toString())
                    : new FileSystemException(first.toString(), null, "Not a directory");
        }
        if (!Files.isWritable(there)) {
            throw new AccessDeniedException(first.toString());
        }
    }

    /** Whether a process has locked the folder. Writes nothing. */
    static boolean isTaken(Path path) {
        try (var lock = FileChannel.open(path.resolve("lock"), StandardOpenOption.READ)) {
            return lock.tryLock(0, Long.MAX_VALUE, true) == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false; // there is no lock file, or the file system has no locks, so nobody has locked the folder
        }
    }

    private static void make(Path path) throws IOException {
        requireTarget(path);
        Files.createDirectories(path);
    }

    private static void requireTarget(Path path) throws IOException {
        if (Files.isSymbolicLink(path) && Files.notExists(path)) {
            throw new StorageUnavailable(
                    "the data folder " + path + " is a symbolic link to " + Files.readSymbolicLink(path)
                            + ", which is not there; make that folder, or mount what should be there");
        }
    }

    private static StorageUnavailable unusable(Path path, IOException problem) {
        return new StorageUnavailable(
                "the data folder " + path + " can't be used: " + FileProblem.of(problem)
                        + (problem instanceof AccessDeniedException ? FolderOwner.advice(path) : ""),
                problem);
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

    /** Writes the address of the server that has the folder, for commands on this machine. */
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
