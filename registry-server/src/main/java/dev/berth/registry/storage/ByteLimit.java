package dev.berth.registry.storage;

import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A limit of stored bytes, and how many are stored. Bytes count from the moment at which they arrive, so that many transfers at a time do not
 * exceed the limit together. For any thread.
 */
public final class ByteLimit {
    /** How old the count of stored bytes may be while there is room. */
    private static final Duration WITH_ROOM = Duration.ofMinutes(1);
    /** How old the count of stored bytes may be before something is refused: images may have been deleted. */
    private static final Duration BEFORE_A_REFUSAL = Duration.ofSeconds(5);

    private static final int TENTH = 10;

    private final StoredBytes stored;
    private final AtomicLong coming = new AtomicLong();
    private final AtomicBoolean refused = new AtomicBoolean();
    private volatile OptionalLong most = OptionalLong.empty();

    /** @param count counts the stored bytes; it is called now and then */
    public ByteLimit(LongSupplier count, Clock clock) {
        this.stored = new StoredBytes(count, clock);
    }

    /** Sets the limit. It counts at once, for running transfers too. */
    public void set(OptionalLong mostBytes) {
        most = mostBytes;
    }

    /** The limit; empty if there is none. */
    public OptionalLong most() {
        return most;
    }

    /** The stored bytes. */
    public long storedBytes() {
        return stored.bytes(BEFORE_A_REFUSAL);
    }

    /** The stored bytes, as last counted: cheap enough to call often. */
    public long storedBytesLately() {
        return stored.bytes(WITH_ROOM);
    }

    /** Whether the limit is reached, or less than a tenth is left and something was refused that needed more. */
    public boolean isReached() {
        var limit = most;
        if (limit.isEmpty()) {
            return false;
        }
        var tenth = limit.getAsLong() / TENTH;
        var left = left(limit.getAsLong(), refused.get() ? tenth : 1);
        if (left >= tenth) {
            refused.set(false);
        }
        return left <= 0 || refused.get();
    }

    /** Whether any room is left. */
    public boolean hasRoom() {
        var limit = most;
        return limit.isEmpty() || left(limit.getAsLong(), 1) > 0;
    }

    /**
     * Counts bytes that are arriving.
     *
     * @return false if there is no room for them; then they do not count
     */
    public boolean expect(long bytes) {
        coming.addAndGet(bytes);
        var limit = most;
        if (limit.isPresent() && left(limit.getAsLong(), 0) < 0) {
            coming.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Ends the counting of bytes that were arriving, which are stored by now or were given up. */
    public void settle(long bytes) {
        coming.addAndGet(-bytes);
    }

    /** Counts what was stored. */
    public void stored(long bytes) {
        stored.add(bytes);
    }

    /**
     * Notes that something was refused.
     *
     * @return whether this is the first refusal since there was room
     */
    public boolean noteRefusal() {
        return refused.compareAndSet(false, true);
    }

    /** The bytes that are left. The stored bytes are counted anew if there seems to be no room for `needed` bytes. */
    private long left(long limit, long needed) {
        var left = limit - coming.get() - stored.bytes(WITH_ROOM);
        return left >= needed ? left : limit - coming.get() - stored.bytes(BEFORE_A_REFUSAL);
    }
}
