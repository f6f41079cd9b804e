package dev.berth.registry.maintenance;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Blocks a reader that reads more bytes per second than allowed. For one thread. */
final class ReadingRate implements LongConsumer {
    private final long bytesPerSecond;
    private final CountDownLatch end;
    private final long started = System.nanoTime();
    private long bytes;

    /**
     * Begins to count now.
     *
     * @param end when this latch opens, the reading stops with a {@link MaintenanceException}
     */
    ReadingRate(long bytesPerSecond, CountDownLatch end) {
        this.bytesPerSecond = bytesPerSecond;
        this.end = end;
    }

    @Override
    public void accept(long more) {
        bytes += more;
        var due = started + (long) ((double) bytes / bytesPerSecond * TimeUnit.SECONDS.toNanos(1));
        try {
            if (end.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw new MaintenanceException("the server is stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MaintenanceException("the server is stopping", e);
        }
    }
}
