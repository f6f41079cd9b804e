package dev.berth.registry.upstream.limits;

import dev.berth.registry.upstream.client.UpstreamException;
import dev.berth.registry.upstream.client.UpstreamFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much a mirror keeps, and how much it may keep. What is on its way counts from its first byte on, so that many fetches at a time don't
 * go over the limit together. For any thread.
 */
public final class MirrorQuota {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorQuota.class);
    /** How old a count may be while there is room. */
    private static final Duration WITH_ROOM = Duration.ofMinutes(1);
    /** The same before something is refused: images may have been deleted. */
    private static final Duration BEFORE_A_REFUSAL = Duration.ofSeconds(5);

    private record Limit(String mirror, OptionalLong mostBytes) {}

    private final StoredBytes stored;
    private final AtomicLong coming = new AtomicLong();
    private volatile Limit limit = new Limit("", OptionalLong.empty());
    private volatile boolean hasRefused;

    /** @param count walks all that the mirror keeps, and says how many bytes that are */
    public MirrorQuota(LongSupplier count, Clock clock) {
        this.stored = new StoredBytes(count, clock);
    }

    /** Takes the limit from the settings as last loaded; for what is on its way it counts at once. */
    public void limit(String mirror, OptionalLong mostBytes) {
        limit = new Limit(mirror, mostBytes);
    }

    /** Of what is kept. */
    public long storedBytes() {
        return stored.bytes(BEFORE_A_REFUSAL);
    }

    /** The same as last counted, for who asks often. */
    public long storedBytesLately() {
        return stored.bytes(WITH_ROOM);
    }

    /** Whether nothing is left, or less than a tenth and something was refused that needed more. */
    public boolean isFull() {
        var most = limit.mostBytes();
        if (most.isEmpty()) {
            return false;
        }
        var tenth = most.getAsLong() / 10;
        var left = left(most.getAsLong(), hasRefused ? tenth : 1);
        if (left >= tenth) {
            hasRefused = false;
        }
        return left <= 0 || hasRefused;
    }

    /** Why nothing more is fetched; empty as long as there is any room. */
    public Optional<UpstreamFailure> refusal() {
        var now = limit;
        return now.mostBytes().isPresent() && left(now.mostBytes().getAsLong(), 1) <= 0
                ? Optional.of(refused(full(now.mirror(), now.mostBytes().getAsLong())))
                : Optional.empty();
    }

    /** Throws {@link UpstreamException} when the mirror is full: for who copies many things and need not fill the last gap. */
    public void requireRoom() {
        var now = limit;
        if (isFull()) {
            throw new UpstreamException(
                    refused(full(now.mirror(), now.mostBytes().orElse(0))));
        }
    }

    /** Lets a blob in. */
    public BlobAdmission admit() {
        return new BlobAdmission(this, Optional.empty());
    }

    /** The same, and only as long as the disk has room that isn't reserved. */
    public BlobAdmission admit(DiskReserve reserve) {
        return new BlobAdmission(this, Optional.of(reserve));
    }

    /** Counts what was stored. */
    public void stored(long bytes) {
        stored.add(bytes);
    }

    /** Counts what is coming. Throws {@link UpstreamException} when there is no room for it, and then it doesn't count. */
    void expect(long bytes) {
        coming.addAndGet(bytes);
        var now = limit;
        if (now.mostBytes().isPresent()) {
            var most = now.mostBytes().getAsLong();
            if (left(most, 0) < 0) {
                coming.addAndGet(-bytes);
                throw new UpstreamException(refused(tooLarge(now.mirror(), most, bytes)));
            }
        }
    }

    /** What was coming is stored by now, or isn't coming any more. */
    void settle(long bytes) {
        coming.addAndGet(-bytes);
    }

    /** Counts anew when it looks as if there weren't so much. */
    private long left(long most, long needed) {
        var left = most - coming.get() - stored.bytes(WITH_ROOM);
        return left >= needed ? left : most - coming.get() - stored.bytes(BEFORE_A_REFUSAL);
    }

    private UpstreamFailure refused(String sentence) {
        if (!hasRefused) {
            hasRefused = true;
            LOG.warn("A fetch is refused for lack of room: {}", sentence);
        }
        return new UpstreamFailure.QuotaReached(sentence);
    }

    private static String full(String mirror, long most) {
        return "mirror " + mirror + " keeps " + ByteSize.text(most) + ", which is all that it may keep; " + advice();
    }

    private static String tooLarge(String mirror, long most, long needed) {
        return "mirror " + mirror + " may keep " + ByteSize.text(most) + " and hasn't got room for "
                + ByteSize.text(needed) + " more; " + advice();
    }

    private static String advice() {
        return "raise spec.quota.size or delete images";
    }
}
