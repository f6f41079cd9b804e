package dev.berth.registry.storage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** How many bytes are stored. They are counted now and then; bytes that are stored in between are added. For any thread. */
final class StoredBytes {
    private final LongSupplier count;
    private final Clock clock;
    private final LongAdder added = new LongAdder();
    private final ReentrantLock counting = new ReentrantLock();
    private volatile Optional<Counted> last = Optional.empty();

    /** @param addedBefore the bytes that had been added when the count began; bytes that were added later are added to the count */
    private record Counted(long bytes, long addedBefore, Instant at) {}

    /** @param count counts the bytes of all that is stored */
    StoredBytes(LongSupplier count, Clock clock) {
        this.count = count;
        this.clock = clock;
    }

    void add(long bytes) {
        added.add(bytes);
    }

    /** Returns the stored bytes; counts anew when the last count is older than `age`. */
    long bytes(Duration mostAge) {
        var counted = young(mostAge).orElseGet(() -> count(mostAge));
        return counted.bytes() + added.sum() - counted.addedBefore();
    }

    private Optional<Counted> young(Duration mostAge) {
        return last.filter(known -> clock.instant().isBefore(known.at().plus(mostAge)));
    }

    /** A thread that comes while another counts waits for that count. */
    private Counted count(Duration mostAge) {
        counting.lock();
        try {
            return young(mostAge).orElseGet(() -> {
                var at = clock.instant();
                var before = added.sum();
                var counted = new Counted(count.getAsLong(), before, at);
                last = Optional.of(counted);
                return counted;
            });
        } finally {
            counting.unlock();
        }
    }
}
