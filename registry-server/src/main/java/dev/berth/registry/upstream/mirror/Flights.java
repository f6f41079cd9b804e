package dev.berth.registry.upstream.mirror;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Work that many wait for and one thread does. It goes on when nobody waits any more, so that who comes next finds it done. For any thread.
 */
final class Flights<K, V> {
    private final Map<K, Flight<V>> underWay = new ConcurrentHashMap<>();
    private final Executor threads;

    Flights(Executor threads) {
        this.threads = threads;
    }

    /** The work for `key`, begun now or before. */
    Flight<V> join(K key, Supplier<V> work) {
        return underWay.computeIfAbsent(key, _ -> {
            var flight = new Flight<V>();
            threads.execute(() -> {
                try {
                    flight.land(work.get());
                } catch (RuntimeException | Error e) {
                    flight.crash(e);
                } finally {
                    underWay.remove(key);
                }
            });
            return flight;
        });
    }

    /** Whether somebody is at it. */
    Optional<Flight<V>> find(K key) {
        return Optional.ofNullable(underWay.get(key));
    }
}
