package dev.berth.registry.storage;

import dev.berth.registry.content.QuotaReached;
import dev.berth.registry.reference.ByteSize;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many bytes the registry may store: all blobs, each counted once, all manifests, and unfinished uploads. At the limit, pushes are refused;
 * pulls and deletes go on. For any thread.
 */
public final class StorageQuota {
    private static final Logger LOG = LoggerFactory.getLogger(StorageQuota.class);

    private final ByteLimit limit;

    /** @param count counts the stored bytes, with those of unfinished uploads */
    public StorageQuota(LongSupplier count, Clock clock) {
        this.limit = new ByteLimit(count, clock);
    }

    /** Sets the number of bytes that may be stored; empty for no limit. It counts at once, for running pushes too. */
    public void limit(OptionalLong mostBytes) {
        limit.set(mostBytes);
    }

    /** How many bytes may be stored; empty if there is no limit. */
    public OptionalLong mostBytes() {
        return limit.most();
    }

    /** How many bytes are stored, with those of unfinished uploads. At most five seconds old. */
    public long usedBytes() {
        return limit.storedBytes();
    }

    /** Whether pushes are refused: nothing is left, or less than a tenth, and a push needed more. */
    public boolean isReached() {
        return limit.isReached();
    }

    /**
     * Does nothing while any room is left.
     *
     * @throws QuotaReached while nothing is left
     */
    public void require() {
        if (!limit.hasRoom()) {
            throw refused();
        }
    }

    /** Counts the bytes of one push. */
    public QuotaShare share() {
        return new QuotaShare(this);
    }

    void expect(long bytes) {
        if (!limit.expect(bytes)) {
            throw refused();
        }
    }

    void settle(long bytes) {
        limit.settle(bytes);
    }

    void stored(long bytes) {
        limit.stored(bytes);
    }

    private QuotaReached refused() {
        if (limit.noteRefusal()) {
            LOG.warn("A push is refused for lack of room: {}", sentence());
        }
        return new QuotaReached(sentence());
    }

    private String sentence() {
        return "the registry may store " + ByteSize.text(limit.most().orElse(0)) + " and stores "
                + ByteSize.text(limit.storedBytesLately());
    }
}
