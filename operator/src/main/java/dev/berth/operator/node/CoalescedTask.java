package dev.berth.operator.node;

import dev.berth.operator.fence.Fence;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Work that is requested many times and done once for all requests so far. It is done at once, but not again before a
 * pause is over, on a thread of its own. Any thread.
 */
final class CoalescedTask implements AutoCloseable {
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);

    private final String name;
    private final Fence fence;
    private final Work work;
    private final Semaphore requests = new Semaphore(0);
    private Thread thread = new Thread();

    /** The work itself. */
    @FunctionalInterface
    interface Work {
        /**
         * Does the work.
         *
         * @return the pause before the work may be done again
         */
        Duration run();
    }

    CoalescedTask(String name, Fence fence, Work work) {
        this.name = name;
        this.fence = fence;
        this.work = work;
    }

    void start() {
        thread = Thread.ofPlatform().name(name).daemon().start(this::serve);
    }

    void request() {
        requests.release();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void serve() {
        try {
            while (true) {
                requests.acquire();
                requests.drainPermits();
                var pause = fence.get(name, "all of it", work::run, AFTER_A_FAULT);
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }
}
