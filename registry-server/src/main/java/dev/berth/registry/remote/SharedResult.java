package dev.berth.registry.remote;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The result of work that many threads wait for. */
public final class SharedResult<V> implements SingleFlight.Flight {
    private final CompletableFuture<V> result = new CompletableFuture<>();
    private final long began = System.nanoTime();
    private final Supplier<V> work;

    public SharedResult(Supplier<V> work) {
        this.work = work;
    }

    @Override
    public void run() {
        try {
            result.complete(work.get());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    @Override
    public boolean isOver() {
        return result.isDone();
    }

    /** Waits for the result until `limit` after the work began, so whoever joins late waits less. Empty when it takes longer. */
    public Optional<V> within(Duration limit) throws InterruptedException {
        var left = limit.toNanos() - (System.nanoTime() - began);
        try {
            return Optional.of(result.get(Math.max(0, left), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}
