package dev.berth.registry.maintenance;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits after each step for a multiple of the time that it took, so that requests are hardly slowed down. */
final class RestingPace implements Pace {
    private final long rests;
    private final CountDownLatch end;

    /** @param rests the length of the wait, as a multiple of the length of the step */
    RestingPace(long rests, CountDownLatch end) {
        this.rests = rests;
        this.end = end;
    }

    @Override
    public boolean rest(Duration worked) {
        try {
            return !end.await(worked.multipliedBy(rests).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
