package dev.berth.registry.storage;

import dev.berth.registry.content.DiskFull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the volume of the data folder has space for pushes. When it is full, pushes are refused, and the {@link SpaceReserve} is deleted to
 * make space for deletions, collection and a start. For any thread.
 */
public final class StorageRoom {
    private static final Logger LOG = LoggerFactory.getLogger(StorageRoom.class);

    /** With less free space than this, the volume counts as full. */
    private static final long LEAST_BYTES = 1024 * 1024;

    /** With this much free space it no longer counts as full: enough for the reserve and the same again. */
    private static final long ENOUGH_BYTES = 2 * SpaceReserve.BYTES;

    private final Path folder;
    private final SpaceReserve reserve;
    private volatile boolean full;

    private StorageRoom(Path folder) {
        this.folder = folder;
        this.reserve = new SpaceReserve(folder);
    }

    /** For a folder that this process has locked. Makes space for the start at once if the volume is full. */
    static StorageRoom of(Path folder) {
        var room = new StorageRoom(folder);
        room.look();
        return room;
    }

    /** For a folder that is only read. */
    static StorageRoom unwatched(Path folder) {
        return new StorageRoom(folder);
    }

    public boolean isFull() {
        return full;
    }

    /** Why pushes are refused; empty while they are not. */
    public String message() {
        return full
                ? "The volume of " + folder + " is full: pushes are refused until it has " + mebi(ENOUGH_BYTES)
                        + " MiB free. Pulls and deletes go on; delete images or enlarge the volume."
                : "";
    }

    /** What to do if the start fails because the volume is full; empty if there is enough space for a start. */
    Optional<String> tooLittleToStart() {
        return full && freeBytes() < LEAST_BYTES
                ? Optional.of("its volume is full, and the server's own files need " + mebi(SpaceReserve.BYTES)
                        + " MiB; delete something else on the volume, or enlarge it")
                : Optional.empty();
    }

    /**
     * Does nothing while there is space for pushes.
     *
     * @throws DiskFull while the remaining space is kept for deletions
     */
    public void require() {
        if (full) {
            throw new DiskFull("the volume is full, and what is left of it is for deletions");
        }
    }

    /** Reads the free space, and makes or deletes the reserve. Call this every few seconds. */
    public synchronized void look() {
        long free = freeBytes();
        var held = reserve.isHeld();
        if (held && free < LEAST_BYTES) {
            reserve.release();
            held = false;
        } else if (!held && free >= ENOUGH_BYTES) {
            held = reserve.take();
        }
        become(!held, free);
    }

    private void become(boolean nowFull, long free) {
        var before = full;
        full = nowFull;
        if (nowFull && !before) {
            LOG.warn("{} ({} MiB are free now)", message(), mebi(free));
        } else if (before && !nowFull) {
            LOG.info("The volume of {} has room again ({} MiB): pushes are taken", folder, mebi(free));
        }
    }

    private long freeBytes() {
        try {
            var store = Files.getFileStore(folder);
            return store.getUsableSpace();
        } catch (IOException e) {
            throw new StorageUnavailable("the free space of " + folder + " can't be read: " + e.getMessage(), e);
        }
    }

    private static long mebi(long bytes) {
        return bytes / 1024 / 1024;
    }
}
