package dev.berth.registry.upstream.sync;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The requests of people to sync now. A sync answers those that came before it began. For any thread. */
final class SyncRequests {
    private long asked;
    private long begun;
    private long answered;
    private long failed;

    /** Adds a request, and returns its number. */
    synchronized long ask() {
        return ++asked;
    }

    /** Whether a request waits for a sync. */
    synchronized boolean areOpen() {
        return asked > answered;
    }

    /** A sync begins. */
    synchronized void begin() {
        begun = asked;
    }

    /** The sync that began last has ended. */
    synchronized void answer() {
        answered = begun;
        notifyAll();
    }

    /** The sync that began last has ended by a fault of this server. */
    synchronized void fail() {
        failed = begun;
        answer();
    }

    /**
     * Waits a little for the sync that answers a request.
     *
     * @return whether that sync has ended
     */
    synchronized boolean await(long request, Duration limit) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        while (request > answered) {
            var left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /** Whether the sync that answered a request ended by a fault of this server. */
    synchronized boolean hasFailed(long request) {
        return request <= failed;
    }
}
