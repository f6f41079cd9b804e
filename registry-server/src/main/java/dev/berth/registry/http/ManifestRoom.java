package dev.berth.registry.http;

import dev.berth.registry.catalog.PushManifest;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much memory large manifests on their way in may take together: who comes when it's full isn't read from until there is room. Small
 * ones, which nearly all are, never wait, so a slow client with a large one holds up only those who push large ones too.
 */
final class ManifestRoom {
    private static final int SMALL_BYTES = 64 * 1024;
    private static final int PATIENCE_SECONDS = 60;

    private final Semaphore room;

    /** For as long as a manifest is in memory. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    ManifestRoom(int bytes) {
        this.room = new Semaphore(Math.max(bytes, PushManifest.LIMIT_BYTES), true);
    }

    /** A sixteenth of the heap, and two of the largest at least. */
    static ManifestRoom ofThisHeap() {
        var share = Runtime.getRuntime().maxMemory() / 16;
        return new ManifestRoom((int) Math.clamp(share, 2L * PushManifest.LIMIT_BYTES, 256L * 1024 * 1024));
    }

    /**
     * Waits for room.
     *
     * @param length empty when the client doesn't say
     * @return empty when there was none for long
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
