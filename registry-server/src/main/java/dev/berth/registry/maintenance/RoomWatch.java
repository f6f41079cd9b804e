package dev.berth.registry.maintenance;

import dev.berth.registry.storage.StorageQuota;
import dev.berth.registry.storage.StorageRoom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every two seconds whether the volume is full or the quota is used up. While that is so, collections run more often, so that deleting
 * images frees space soon.
 */
final class RoomWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RoomWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration BETWEEN_COLLECTIONS = Duration.ofSeconds(10);

    private final StorageRoom room;
    private final StorageQuota quota;
    private final Runnable collection;
    private final CountDownLatch end;
    private Duration sinceCollection = Duration.ZERO;

    /**
     * Makes a watch that runs until the latch opens.
     *
     * @param collection starts a collection and does not wait for it
     */
    RoomWatch(StorageRoom room, StorageQuota quota, Runnable collection, CountDownLatch end) {
        this.room = room;
        this.quota = quota;
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

    private boolean isScarce() {
        try {
            room.look();
            return room.isFull() || quota.isReached();
        } catch (RuntimeException e) { // tried again two seconds later
            LOG.warn("The free space could not be checked: {}", e.getMessage());
            return room.isFull();
        }
    }

    private void look() {
        sinceCollection = isScarce() ? sinceCollection.plus(PERIOD) : Duration.ZERO;
        if (sinceCollection.compareTo(BETWEEN_COLLECTIONS) >= 0) {
            sinceCollection = Duration.ZERO;
            collection.run();
        }
    }
}
