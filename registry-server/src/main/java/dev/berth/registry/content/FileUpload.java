package dev.berth.registry.content;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An upload in a file of its own, which comes about when there is more than the memory for its start can hold, or when it must
 * outlive its request: a small blob that comes at once never sees the disk here.
 */
final class FileUpload implements BlobUpload {

    private static final int HELD_BYTES = 16 * 1024;
    private static final byte[] NOTHING = {};

    private final UploadId id;
    private final Path path;
    private final BlobFolder blobs;
    private final RunningHashes hashes;
    private final RunningHash asOpened;
    private RunningHash hash;
    private byte[] held = NOTHING;
    private @Nullable FileChannel channel;
    private boolean forced = true;
    private boolean over;

    private FileUpload(UploadId id, Path path, RunningHash hash, BlobFolder blobs, RunningHashes hashes) {
        this.id = id;
        this.path = path;
        this.blobs = blobs;
        this.hashes = hashes;
        this.asOpened = hash;
        this.hash = hash.copy();
    }

    /** A new upload, whose file is not there yet. */
    static FileUpload create(UploadId id, Path path, Algorithm algorithm, BlobFolder blobs, RunningHashes hashes) {
        return new FileUpload(id, path, RunningHash.of(algorithm), blobs, hashes);
    }

    /** Opens the file of an upload and cuts it to what went into `hash`. */
    static FileUpload resume(UploadId id, Path path, RunningHash hash, BlobFolder blobs, RunningHashes hashes)
            throws IOException {
        FileUpload upload = new FileUpload(id, path, hash, blobs, hashes);
        upload.channel = FileChannel.open(path, StandardOpenOption.WRITE);
        upload.channel.truncate(hash.bytes());
        return upload;
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
        if (channel == null && offsetBytes() + bytes.remaining() <= HELD_BYTES) {
            hold(bytes);
            return;
        }
        FileChannel file = file();
        forced = false;
        while (bytes.hasRemaining()) {
            ByteBuffer written = bytes.duplicate();
            // A disk that fills up takes a part; only that part may go into the hash.
            tried("write", () -> file.write(bytes, offsetBytes()));
            hash.update(written.limit(bytes.position()));
        }
    }

    @Override
    public void rollBack() {
        hash = asOpened.copy();
        held = Arrays.copyOf(held, channel == null ? (int) hash.bytes() : 0);
        if (channel != null) {
            FileChannel file = channel;
            tried("cut back", () -> file.truncate(hash.bytes()));
        }
    }

    @Override
    public void force() {
        FileChannel file = file();
        if (!forced) {
            tried("make durable", () -> {
                file.force(false);
                return file;
            });
            forced = true;
        }
    }

    @Override
    public Digest digest(Algorithm algorithm) {
        if (algorithm == hash.algorithm()) {
            return hash.digest();
        }
        return channel == null
                ? algorithm.digestOf(held)
                : tried(
                        "read",
                        () -> FileHash.of(path, algorithm, offsetBytes()).digest());
    }

    @Override
    public byte[] bytes() {
        return channel == null ? held : tried("read", () -> Files.readAllBytes(path));
    }

    @Override
    public boolean publish(Digest digest) {
        force();
        return tried("publish", () -> blobs.place(path, digest));
    }

    @Override
    public void discard() {
        over = true;
        hashes.drop(id);
        if (channel != null) {
            FileChannel file = channel;
            tried("remove", () -> {
                file.close();
                return Files.deleteIfExists(path);
            });
        }
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            FileChannel file = file();
            hashes.keep(id, hash);
            tried("close", () -> {
                file.close();
                return file;
            });
        }
    }

    private void hold(ByteBuffer bytes) {
        int before = held.length;
        hash.update(bytes.duplicate());
        held = Arrays.copyOf(held, before + bytes.remaining());
        bytes.get(held, before, held.length - before);
    }

    /** The upload's file, with what was held until now in it. */
    private FileChannel file() {
        if (channel == null) {
            FileChannel file = tried(
                    "start", () -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            channel = file;
            forced = held.length == 0;
            ByteBuffer start = ByteBuffer.wrap(held);
            while (start.hasRemaining()) {
                tried("write", () -> file.write(start, start.position()));
            }
            held = NOTHING;
        }
        return channel;
    }

    private <T> T tried(String what, Attempt<T> attempt) {
        return Attempt.named(() -> what + " upload " + id, attempt);
    }
}
