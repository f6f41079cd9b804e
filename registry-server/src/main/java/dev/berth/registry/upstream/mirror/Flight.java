package dev.berth.registry.upstream.mirror;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work that somebody is at, and its result. */
final class Flight<V> {
    private final CompletableFuture<V> result = new CompletableFuture<>();
    private final long began = System.nanoTime();

    void land(V value) {
        result.complete(value);
    }

    void crash(Throwable why) {
        result.completeExceptionally(why);
    }

    /** The result, if it's there so soon after the work began: who comes late waits the less. */
    Optional<V> within(Duration patience) throws InterruptedException {
        var left = patience.toNanos() - (System.nanoTime() - began);
        try {
            return Optional.of(result.get(Math.max(0, left), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}
