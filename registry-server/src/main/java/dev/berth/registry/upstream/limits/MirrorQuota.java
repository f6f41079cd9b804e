package dev.berth.registry.upstream.limits;

import dev.berth.registry.reference.ByteSize;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many bytes a mirror keeps, and how many it may keep. Downloads count from their first byte, so that many of them at a time do not
 * exceed the limit together. For any thread.
 */
public final class MirrorQuota {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorQuota.class);
    /** How old the count of stored bytes may be while there is room. */
    private static final Duration WITH_ROOM = Duration.ofMinutes(1);
    /** How old the count of stored bytes may be before a fetch is refused: images may have been deleted. */
    private static final Duration BEFORE_A_REFUSAL = Duration.ofSeconds(5);

    private record Limit(String mirror, OptionalLong mostBytes) {}

    private final StoredBytes stored;
    private final AtomicLong coming = new AtomicLong();
    private volatile Limit limit = new Limit("", OptionalLong.empty());
    private volatile boolean hasRefused;

    /** @param count counts the bytes of all that the mirror keeps */
    public MirrorQuota(LongSupplier count, Clock clock) {
        this.stored = new StoredBytes(count, clock);
    }

    /** Sets the limit from the settings as last loaded. It counts at once, for running downloads too. */
    public void limit(String mirror, OptionalLong mostBytes) {
        limit = new Limit(mirror, mostBytes);
    }

    /** The bytes that the mirror keeps. */
    public long storedBytes() {
        return stored.bytes(BEFORE_A_REFUSAL);
    }

    /** The bytes that the mirror keeps, as last counted: cheap enough to call often. */
    public long storedBytesLately() {
        return stored.bytes(WITH_ROOM);
    }

    /** Whether the quota is used up, or less than a tenth is left and something was refused that needed more. */
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

    /** The failure when the quota is used up; empty as long as there is any room. */
    public Optional<UpstreamFailure> refusal() {
        var now = limit;
        return now.mostBytes().isPresent() && left(now.mostBytes().getAsLong(), 1) <= 0
                ? Optional.of(refused(full(now.mirror(), now.mostBytes().getAsLong())))
                : Optional.empty();
    }

    /** Throws {@link UpstreamException} when the mirror is full. For syncs, which copy many images and need not fill the last gap. */
    public void requireRoom() {
        var now = limit;
        if (isFull()) {
            throw new UpstreamException(
                    refused(full(now.mirror(), now.mostBytes().orElse(0))));
        }
    }

    /** Admits a blob within the quota. */
    public BlobAdmission admit() {
        return new BlobAdmission(this, Optional.empty());
    }

    /** Admits a blob within the quota, as long as the disk has more room than is reserved. */
    public BlobAdmission admit(DiskReserve reserve) {
        return new BlobAdmission(this, Optional.of(reserve));
    }

    /** Counts what was stored. */
    public void stored(long bytes) {
        stored.add(bytes);
    }

    /** Counts bytes that are being downloaded. Throws {@link UpstreamException} when there is no room for them; then they do not count. */
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

    /** Ends the counting of a download, which is stored by now or was given up. */
    void settle(long bytes) {
        coming.addAndGet(-bytes);
    }

    /** Counts the stored bytes anew if there seems to be no room for `bytes`. */
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
        return "mirror " + mirror + " stores " + ByteSize.text(most) + ", its limit; " + advice();
    }

    private static String tooLarge(String mirror, long most, long needed) {
        return "mirror " + mirror + " may store " + ByteSize.text(most) + " and has no room for "
                + ByteSize.text(needed) + " more; " + advice();
    }

    private static String advice() {
        return "raise spec.quota.size or delete images";
    }
}
