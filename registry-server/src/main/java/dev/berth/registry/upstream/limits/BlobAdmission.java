package dev.berth.registry.upstream.limits;

import dev.berth.registry.upstream.transport.UpstreamException;
import java.util.Optional;
import java.util.OptionalLong;

/** Admits the bytes of one blob as long as there is room. After closing, they count only if they were stored. For one thread. */
public final class BlobAdmission implements AutoCloseable {
    private final MirrorQuota quota;
    private final Optional<DiskReserve> reserve;
    private long expected;
    private boolean announced;

    BlobAdmission(MirrorQuota quota, Optional<DiskReserve> reserve) {
        this.quota = quota;
        this.reserve = reserve;
    }

    /** Admits a blob of a size, if the upstream has said it. Throws {@link UpstreamException} when there is no room for it. */
    public void announced(OptionalLong sizeBytes) {
        if (!announced && sizeBytes.isPresent()) {
            announced = true;
            requireDisk(sizeBytes.getAsLong());
            expect(sizeBytes.getAsLong());
        }
    }

    /** Admits the bytes that are written next. Throws {@link UpstreamException} when there is no room for them. */
    public void next(int bytes) {
        requireDisk(bytes);
        if (!announced) {
            expect(bytes);
        }
    }

    /** Counts the blob as stored. */
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
