package dev.berth.registry.maintenance;

import dev.berth.registry.storage.StorageRoom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every other second whether the volume is full. While it is, it asks for a collection now and then, so that deletes free space soon. */
final class RoomWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RoomWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration BETWEEN_COLLECTIONS = Duration.ofSeconds(10);

    private final StorageRoom room;
    private final Runnable collection;
    private final CountDownLatch end;
    private Duration sinceCollection = Duration.ZERO;

    /**
     * Watches until the latch is open.
     *
     * @param collection asks for one and does not wait for it
     */
    RoomWatch(StorageRoom room, Runnable collection, CountDownLatch end) {
        this.room = room;
        this.collection = collection;
        this.end = end;
    }

    @Override
    public void run() {
        try {
            while (!end.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            room.look();
        } catch (RuntimeException e) { // the next look may tell more
            LOG.warn("Whether there is room for pushes isn't known: {}", e.getMessage());
        }
        sinceCollection = room.isFull() ? sinceCollection.plus(PERIOD) : Duration.ZERO;
        if (sinceCollection.compareTo(BETWEEN_COLLECTIONS) >= 0) {
            sinceCollection = Duration.ZERO;
            collection.run();
        }
    }
}
