package dev.berth.registry.remote;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Work that is done once for all who want it at the same time. It goes on when nobody waits for it any more, so that the next one who wants
 * it finds it done. For any thread.
 */
public final class SingleFlight<K, F extends SingleFlight.Flight> {
    private final Map<K, F> underWay = new ConcurrentHashMap<>();
    private final Executor threads;

    /** Work that is under way or over. */
    public interface Flight {
        /** Does the work. Called once, on a thread of the executor. */
        void run();

        /** Whether the result is known: whoever wants it from now on begins anew. */
        boolean isOver();
    }

    public SingleFlight(Executor threads) {
        this.threads = threads;
    }

    /** Returns the work for `key` that is under way, or starts it. */
    public F join(K key, Supplier<F> begin) {
        var joined = underWay.compute(
                key, (_, before) -> before == null || before.isOver() ? started(key, begin.get()) : before);
        return Objects.requireNonNull(joined);
    }

    private F started(K key, F flight) {
        threads.execute(() -> {
            try {
                flight.run();
            } finally {
                underWay.remove(key, flight);
            }
        });
        return flight;
    }

    public boolean isUnderWay(K key) {
        return underWay.containsKey(key);
    }
}
