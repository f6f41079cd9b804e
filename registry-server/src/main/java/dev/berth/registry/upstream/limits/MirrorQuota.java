package dev.berth.registry.upstream.limits;

import dev.berth.registry.reference.ByteSize;
import dev.berth.registry.storage.ByteLimit;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many bytes a mirror keeps, and how many it may keep. For any thread. */
public final class MirrorQuota {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorQuota.class);

    private final ByteLimit limit;
    private volatile String mirror = "";

    /** @param count counts the bytes of all that the mirror keeps */
    public MirrorQuota(LongSupplier count, Clock clock) {
        this.limit = new ByteLimit(count, clock);
    }

    /** Sets the limit from the settings as last loaded. It counts at once, for running downloads too. */
    public void limit(String name, OptionalLong mostBytes) {
        mirror = name;
        limit.set(mostBytes);
    }

    /** The bytes that the mirror keeps. */
    public long storedBytes() {
        return limit.storedBytes();
    }

    /** The bytes that the mirror keeps, as last counted: cheap enough to call often. */
    public long storedBytesLately() {
        return limit.storedBytesLately();
    }

    /** Whether the quota is used up, or less than a tenth is left and something was refused that needed more. */
    public boolean isFull() {
        return limit.isReached();
    }

    /** The failure when the quota is used up; empty as long as there is any room. */
    public Optional<UpstreamFailure> refusal() {
        return limit.hasRoom() ? Optional.empty() : Optional.of(refused(full()));
    }

    /** Throws {@link UpstreamException} when the mirror is full. For syncs, which copy many images and need not fill the last gap. */
    public void requireRoom() {
        if (isFull()) {
            throw new UpstreamException(refused(full()));
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
        limit.stored(bytes);
    }

    /** Counts bytes that are being downloaded. Throws {@link UpstreamException} when there is no room for them; then they do not count. */
    void expect(long bytes) {
        if (!limit.expect(bytes)) {
            throw new UpstreamException(refused(tooLarge(bytes)));
        }
    }

    /** Ends the counting of a download, which is stored by now or was given up. */
    void settle(long bytes) {
        limit.settle(bytes);
    }

    private UpstreamFailure refused(String sentence) {
        if (limit.noteRefusal()) {
            LOG.warn("A fetch is refused for lack of room: {}", sentence);
        }
        return new UpstreamFailure.QuotaReached(sentence);
    }

    private String full() {
        return "mirror " + mirror + " stores " + most() + ", its limit; " + advice();
    }

    private String tooLarge(long needed) {
        return "mirror " + mirror + " may store " + most() + " and has no room for " + ByteSize.text(needed) + " more; "
                + advice();
    }

    private String most() {
        return ByteSize.text(limit.most().orElse(0));
    }

    private static String advice() {
        return "raise spec.quota.size or delete images";
    }
}
