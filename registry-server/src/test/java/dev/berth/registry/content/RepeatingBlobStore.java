package dev.berth.registry.content;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A blob store that does everything twice that a caller may repeat after an answer that was lost: the second time must change nothing.
 * Opening an upload is no such thing.
 */
final class RepeatingBlobStore implements BlobStore {
    private final BlobStore store;

    RepeatingBlobStore(BlobStore store) {
        this.store = store;
    }

    private static <T> T twice(Supplier<T> call) {
        var first = call.get();
        var _ = call.get();
        return first;
    }

    private static void twice(Runnable call) {
        call.run();
        call.run();
    }

    @Override
    public Optional<BlobContent> find(Digest digest) {
        return twice(() -> store.find(digest));
    }

    @Override
    public void delete(Digest digest) {
        twice(() -> store.delete(digest));
    }

    @Override
    public void settleDeletions() {
        twice(store::settleDeletions);
    }

    @Override
    public Adoption adopt(Path file, Digest digest, boolean mayShare) {
        return twice(() -> store.adopt(file, digest, mayShare));
    }

    /** The second time the stream is at its end, and isn't read: the blob is here. */
    @Override
    public Adoption adopt(InputStream bytes, long sizeBytes, Digest digest) {
        return twice(() -> store.adopt(bytes, sizeBytes, digest));
    }

    @Override
    public void settleAdoptions() {
        twice(store::settleAdoptions);
    }

    @Override
    public BlobUpload create(UploadId id, Algorithm algorithm) {
        return store.create(id, algorithm);
    }

    @Override
    public Optional<BlobUpload> resume(UploadId id, Algorithm algorithm, long offsetBytes) {
        return store.resume(id, algorithm, offsetBytes);
    }

    @Override
    public void discard(UploadId id) {
        twice(() -> store.discard(id));
    }

    @Override
    public List<StoredUpload> uploads() {
        return twice(store::uploads);
    }

    @Override
    public List<Digest> published(UploadId id) {
        return twice(() -> store.published(id));
    }

    @Override
    public StorageCapacity capacity() {
        return twice(store::capacity);
    }
}
