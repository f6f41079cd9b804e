package dev.berth.registry.upstream.limits;

import dev.berth.registry.upstream.client.UpstreamException;
import java.util.Optional;
import java.util.OptionalLong;

/** Lets the bytes of one blob in as long as there is room for them; once closed, they count only if they were stored. For one thread. */
public final class BlobAdmission implements AutoCloseable {
    private final MirrorQuota quota;
    private final Optional<DiskReserve> reserve;
    private long expected;
    private boolean announced;

    BlobAdmission(MirrorQuota quota, Optional<DiskReserve> reserve) {
        this.quota = quota;
        this.reserve = reserve;
    }

    /** The upstream says how large the blob is, or doesn't. Throws {@link UpstreamException} when there is no room for it. */
    public void announced(OptionalLong sizeBytes) {
        if (!announced && sizeBytes.isPresent()) {
            announced = true;
            requireDisk(sizeBytes.getAsLong());
            expect(sizeBytes.getAsLong());
        }
    }

    /** Some bytes are about to be written. Throws {@link UpstreamException} when there is no room for them. */
    public void next(int bytes) {
        requireDisk(bytes);
        if (!announced) {
            expect(bytes);
        }
    }

    /** The blob is stored. */
    public void stored(long sizeBytes) {
        quota.stored(sizeBytes);
    }

    private void requireDisk(long bytes) {
        reserve.flatMap(disk -> disk.refusal(bytes)).ifPresent(why -> {
            throw new UpstreamException(why);
        });
    }

    private void expect(long bytes) {
        quota.expect(bytes);
        expected += bytes;
    }

    @Override
    public void close() {
        quota.settle(expected);
        expected = 0;
    }
}
