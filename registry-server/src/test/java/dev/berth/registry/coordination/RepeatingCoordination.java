package dev.berth.registry.coordination;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** Coordinates by another, and does twice what may be repeated after an answer that was lost: the second time must change nothing. */
final class RepeatingCoordination implements Coordination {
    private final Coordination coordination;

    RepeatingCoordination(Coordination coordination) {
        this.coordination = coordination;
    }

    @Override
    public boolean take(UploadId upload) {
        return coordination.take(upload);
    }

    @Override
    public void release(UploadId upload) {
        coordination.release(upload);
        coordination.release(upload);
    }

    @Override
    public void during(Digest digest, Runnable step) {
        coordination.during(digest, step);
    }

    @Override
    public Optional<Leadership> lead(Job job) {
        return coordination.lead(job).map(leadership -> () -> {
            leadership.close();
            leadership.close();
        });
    }

    @Override
    public void invalidate(Collection<? extends CacheKey> keys) {
        coordination.invalidate(keys);
        coordination.invalidate(keys);
    }

    @Override
    public void onInvalidation(Consumer<? super CacheKey> listener) {
        coordination.onInvalidation(listener);
    }

    @Override
    public NewUploads newUploads() {
        return coordination.newUploads();
    }
}
