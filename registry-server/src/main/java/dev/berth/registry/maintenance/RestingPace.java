package dev.berth.registry.maintenance;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Rests after each step for longer than the step took, so that those who are served hardly notice. Ends when it is told to. */
final class RestingPace implements Pace {
    private final long rests;
    private final CountDownLatch end;

    /** @param rests how many times as long as a step its rest is */
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
