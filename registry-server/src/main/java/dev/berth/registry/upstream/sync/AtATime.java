package dev.berth.registry.upstream.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a step for many items, a few at a time, each on a virtual thread. */
record AtATime(int most) {
    /** The step for one item. */
    interface Step<T> {
        void run(T item) throws InterruptedException;
    }

    /** Runs the step for all items. After a failure no more are begun, and the failure is thrown. */
    <T> void each(Collection<T> items, Step<T> step) throws InterruptedException {
        if (items.size() <= 1 || most == 1) {
            for (var item : items) {
                step.run(item);
            }
            return;
        }
        var list = new ArrayList<>(items);
        var next = new AtomicInteger();
        var failure = new AtomicReference<Exception>();
        var workers = new ArrayList<Thread>();
        var ended = new CountDownLatch(Math.min(most, list.size()));
        for (var i = 0; i < Math.min(most, list.size()); i++) {
            workers.add(Thread.ofVirtual().name("mirror-sync-", i).start(() -> {
                try {
                    for (var at = next.getAndIncrement();
                            at < list.size() && failure.get() == null;
                            at = next.getAndIncrement()) {
                        step.run(list.get(at));
                    }
                } catch (RuntimeException | InterruptedException e) {
                    failure.compareAndSet(null, e);
                } finally {
                    ended.countDown();
                }
            }));
        }
        await(ended, workers);
        switch (failure.get()) {
            case null -> {}
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch ended, Collection<Thread> workers) throws InterruptedException {
        try {
            ended.await();
        } catch (InterruptedException e) {
            workers.forEach(Thread::interrupt);
            throw e;
        }
    }
}
