package dev.berth.registry.content;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** An upload in a file of its own. */
final class FileUpload implements BlobUpload {

    private final UploadId id;
    private final Path path;
    private final FileChannel channel;
    private final BlobFolder blobs;
    private final RunningHashes hashes;
    private final RunningHash asOpened;
    private RunningHash hash;
    private boolean forced = true;

    /** Takes over `channel`, which holds exactly what went into `hash`. */
    FileUpload(UploadId id, Path path, FileChannel channel, RunningHash hash, BlobFolder blobs, RunningHashes hashes) {
        this.id = id;
        this.path = path;
        this.channel = channel;
        this.blobs = blobs;
        this.hashes = hashes;
        this.asOpened = hash;
        this.hash = hash.copy();
    }

    @Override
    public UploadId id() {
        return id;
    }

    @Override
    public long offsetBytes() {
        return hash.bytes();
    }

    @Override
    public void write(ByteBuffer bytes) {
        forced = false;
        while (bytes.hasRemaining()) {
            ByteBuffer written = bytes.duplicate();
            // A disk that fills up takes a part; only that part may go into the hash.
            tried("write", () -> channel.write(bytes, offsetBytes()));
            hash.update(written.limit(bytes.position()));
        }
    }

    @Override
    public void rollBack() {
        tried("cut back", () -> channel.truncate(asOpened.bytes()));
        hash = asOpened.copy();
    }

    @Override
    public void force() {
        if (!forced) {
            tried("make durable", () -> {
                channel.force(false);
                return channel;
            });
            forced = true;
        }
    }

    @Override
    public Digest digest(Algorithm algorithm) {
        return algorithm == hash.algorithm()
                ? hash.digest()
                : tried(
                        "read",
                        () -> FileHash.of(path, algorithm, offsetBytes()).digest());
    }

    @Override
    public boolean publish(Digest digest) {
        force();
        return tried("publish", () -> blobs.place(path, digest));
    }

    @Override
    public void discard() {
        hashes.drop(id);
        tried("remove", () -> {
            channel.close();
            return Files.deleteIfExists(path);
        });
    }

    @Override
    public void close() {
        if (channel.isOpen()) {
            hashes.keep(id, hash);
            tried("close", () -> {
                channel.close();
                return channel;
            });
        }
    }

    private <T> T tried(String what, Attempt<T> attempt) {
        return Attempt.named(() -> what + " upload " + id, attempt);
    }
}
