package dev.berth.registry.catalog;

import dev.berth.registry.content.Adoption;
import dev.berth.registry.content.BlobContent;
import dev.berth.registry.content.BlobStore;
import dev.berth.registry.content.BlobUpload;
import dev.berth.registry.content.ByteSource;
import dev.berth.registry.content.StorageCapacity;
import dev.berth.registry.content.StoredUpload;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A real store whose machine loses power, before or after one of the steps that change something. */
record CutBlobStore(BlobStore store, Power power) implements BlobStore {
    @Override
    public Optional<BlobContent> find(Digest digest) {
        return store.find(digest);
    }

    @Override
    public void delete(Digest digest) {
        step(() -> store.delete(digest));
    }

    @Override
    public void settleDeletions() {
        step(store::settleDeletions);
    }

    @Override
    public Adoption adopt(Path file, Digest digest, boolean mayShare) {
        return step(() -> store.adopt(file, digest, mayShare));
    }

    @Override
    public Adoption adopt(InputStream bytes, long sizeBytes, Digest digest) {
        return step(() -> store.adopt(bytes, sizeBytes, digest));
    }

    @Override
    public void settleAdoptions() {
        step(store::settleAdoptions);
    }

    @Override
    public BlobUpload create(UploadId id, Algorithm algorithm) {
        return step(() -> new CutUpload(store.create(id, algorithm)));
    }

    @Override
    public Optional<BlobUpload> resume(UploadId id, Algorithm algorithm, long offsetBytes) {
        return step(() -> store.resume(id, algorithm, offsetBytes).map(CutUpload::new));
    }

    @Override
    public void discard(UploadId id) {
        step(() -> store.discard(id));
    }

    @Override
    public List<StoredUpload> uploads() {
        return store.uploads();
    }

    @Override
    public List<Digest> published(UploadId id) {
        return store.published(id);
    }

    @Override
    public StorageCapacity capacity() {
        return store.capacity();
    }

    private void step(Runnable change) {
        step(() -> {
            change.run();
            return true;
        });
    }

    private <T> T step(Supplier<T> change) {
        power.moment();
        var result = change.get();
        power.moment();
        return result;
    }

    private final class CutUpload implements BlobUpload {
        private final BlobUpload upload;

        CutUpload(BlobUpload upload) {
            this.upload = upload;
        }

        @Override
        public UploadId id() {
            return upload.id();
        }

        @Override
        public long offsetBytes() {
            return upload.offsetBytes();
        }

        @Override
        public void write(ByteBuffer bytes) {
            step(() -> upload.write(bytes));
        }

        @Override
        public void rollBack() {
            step(upload::rollBack);
        }

        @Override
        public void force() {
            step(upload::force);
        }

        @Override
        public Digest digest(Algorithm algorithm) {
            return upload.digest(algorithm);
        }

        @Override
        public byte[] bytes() {
            return upload.bytes();
        }

        @Override
        public Optional<ByteSource> reader() {
            return upload.reader();
        }

        @Override
        public long readableBytes() {
            return upload.readableBytes();
        }

        @Override
        public boolean publish(Digest digest) {
            return step(() -> upload.publish(digest));
        }

        @Override
        public void discard() {
            step(upload::discard);
        }

        /** The operating system closes files even then. */
        @Override
        public void close() {
            upload.close();
        }
    }
}
