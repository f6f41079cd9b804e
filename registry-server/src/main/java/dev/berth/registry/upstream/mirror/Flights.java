package dev.berth.registry.upstream.mirror;

import java.util.Map;
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
                // Who comes when this is over must not find it any more, so it leaves before it says so.
                try {
                    var result = work.get();
                    underWay.remove(key);
                    flight.land(result);
                } catch (RuntimeException | Error e) {
                    underWay.remove(key);
                    flight.crash(e);
                }
            });
            return flight;
        });
    }
}
