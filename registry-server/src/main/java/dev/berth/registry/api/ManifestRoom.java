package dev.berth.registry.api;

import dev.berth.registry.catalog.PushManifest;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits the memory that large manifests take while clients push them. When it is full, further large manifests are not read until space is
 * free. Small manifests never wait, so a slow client with a large one delays only other large ones.
 */
final class ManifestRoom {
    private static final int SMALL_BYTES = 64 * 1024;
    private static final int PATIENCE_SECONDS = 60;

    private final Semaphore room;

    /** Room for one manifest, taken until closed. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    ManifestRoom(int bytes) {
        this.room = new Semaphore(Math.max(bytes, PushManifest.LIMIT_BYTES), true);
    }

    /** A sixteenth of the heap, and at least enough for two of the largest manifests. */
    static ManifestRoom ofThisHeap() {
        var share = Runtime.getRuntime().maxMemory() / 16;
        return new ManifestRoom((int) Math.clamp(share, 2L * PushManifest.LIMIT_BYTES, 256L * 1024 * 1024));
    }

    /**
     * Waits for room.
     *
     * @param length the length in bytes; empty when the client does not say it
     * @return empty when there was no room in time
     */
    Optional<Place> take(Optional<Long> length) throws InterruptedException {
        var bytes = Math.toIntExact(Math.min(length.orElse((long) PushManifest.LIMIT_BYTES), PushManifest.LIMIT_BYTES));
        if (bytes <= SMALL_BYTES) {
            return Optional.of(() -> {});
        }
        return room.tryAcquire(bytes, PATIENCE_SECONDS, TimeUnit.SECONDS)
                ? Optional.of(() -> room.release(bytes))
                : Optional.empty();
    }
}
