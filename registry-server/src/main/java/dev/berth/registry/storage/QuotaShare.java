package dev.berth.registry.storage;

/** The bytes of one push, which count towards the {@link StorageQuota} while they arrive. For one thread. */
public final class QuotaShare implements AutoCloseable {
    private final StorageQuota quota;
    private long counted;
    private long arrived;

    QuotaShare(StorageQuota quota) {
        this.quota = quota;
    }

    /**
     * Counts bytes that the client has announced, so that a push for which there is no room is refused before its bytes are sent.
     *
     * @throws dev.berth.registry.content.QuotaReached if there is no room for them
     */
    public void announced(long bytes) {
        count(arrived + bytes);
    }

    /**
     * Counts bytes that are written next.
     *
     * @throws dev.berth.registry.content.QuotaReached if there is no room for them
     */
    public void next(long bytes) {
        count(arrived + bytes);
        arrived += bytes;
    }

    /** Forgets what has arrived, because it was deleted. */
    public void rollBack() {
        arrived = 0;
        quota.settle(counted);
        counted = 0;
    }

    /** Counts what has arrived as stored. */
    public void stored() {
        quota.stored(arrived);
        rollBack();
    }

    private void count(long bytes) {
        if (bytes > counted) {
            quota.expect(bytes - counted);
            counted = bytes;
        }
    }

    /** Ends the counting of bytes that were not stored. */
    @Override
    public void close() {
        rollBack();
    }
}
