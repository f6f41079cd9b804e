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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An upload in a file of its own. The file is made when there are more bytes than fit into the buffer, or when the upload must outlive its
 * request; a small blob in one request needs no file. Bytes are written in blocks, because a write that ends within a page costs the
 * kernel twice as much.
 */
final class FileUpload implements BlobUpload {
    /** A power of two. */
    private static final int BLOCK_BYTES = 64 * 1024;

    private static final int SMALLEST_HELD_BYTES = 4 * 1024;
    private static final byte[] NOTHING = {};

    private final UploadId id;
    private final Path path;
    private final BlobFolder blobs;
    private final RunningHashes hashes;
    private final RunningHash asOpened;
    /** The hash of what was written to the file. */
    private RunningHash written;
    /** The hash of what was written to the file and what is in the buffer. */
    private RunningHash hash;

    private byte[] held = NOTHING;
    private int heldBytes;
    private @Nullable FileChannel channel;
    private final Writeback writeback = new Writeback(() -> file().force(false));
    private boolean forced;
    private boolean lost;
    private boolean over;

    private FileUpload(UploadId id, Path path, RunningHash hash, BlobFolder blobs, RunningHashes hashes) {
        this.id = id;
        this.path = path;
        this.blobs = blobs;
        this.hashes = hashes;
        this.asOpened = hash;
        this.written = hash;
        this.hash = hash.copy();
    }

    /** Makes a new upload, without a file yet. */
    static FileUpload create(UploadId id, Path path, Algorithm algorithm, BlobFolder blobs, RunningHashes hashes) {
        return new FileUpload(id, path, RunningHash.of(algorithm), blobs, hashes);
    }

    /** Opens the file of an upload and cuts off what is not part of `hash`. */
    static FileUpload resume(UploadId id, Path path, RunningHash hash, BlobFolder blobs, RunningHashes hashes)
            throws IOException {
        var upload = new FileUpload(id, path, hash, blobs, hashes);
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
        while (bytes.hasRemaining()) {
            int room = BLOCK_BYTES - (int) (offsetBytes() % BLOCK_BYTES);
            var next = bytes.slice(bytes.position(), Math.min(room, bytes.remaining()));
            bytes.position(bytes.position() + next.remaining());
            var ends = next.remaining() == room;
            hold(next);
            if (ends) {
                writeHeld();
            }
        }
    }

    @Override
    public void rollBack() {
        hash = asOpened.copy();
        if (channel == null) {
            heldBytes = (int) hash.bytes();
        } else {
            FileChannel file = channel;
            written = asOpened;
            heldBytes = 0;
            tried("cut back", () -> file.truncate(hash.bytes()));
        }
    }

    @Override
    public void force() {
        var file = writeHeld();
        if (!forced) {
            settle(() -> file.force(false));
            forced = true;
        }
    }

    @Override
    public Digest digest(Algorithm algorithm) {
        if (algorithm == hash.algorithm()) {
            return hash.digest();
        }
        if (channel == null) {
            return algorithm.digestOf(bytes());
        }
        writeHeld();
        return tried("read", () -> FileHash.of(path, algorithm, offsetBytes()).digest());
    }

    @Override
    public byte[] bytes() {
        if (channel == null) {
            return Arrays.copyOf(held, heldBytes);
        }
        writeHeld();
        return tried("read", () -> Files.readAllBytes(path));
    }

    @Override
    public Optional<ByteSource> reader() {
        return channel == null ? Optional.empty() : Optional.of(ByteSource.of(path));
    }

    @Override
    public long readableBytes() {
        return channel == null ? 0 : written.bytes();
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
            closeFile(channel);
            tried("remove", () -> Files.deleteIfExists(path));
        }
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        if (lost) {
            discard();
            return;
        }
        var file = file();
        try {
            writeHeld();
            settle(() -> {});
            hashes.keep(id, hash);
        } finally {
            if (lost) {
                discard();
            } else {
                over = true;
                closeFile(file);
            }
        }
    }

    private void hold(ByteBuffer bytes) {
        int after = heldBytes + bytes.remaining();
        if (held.length < after) {
            held = Arrays.copyOf(held, Math.clamp(2L * after, SMALLEST_HELD_BYTES, BLOCK_BYTES));
        }
        hash.update(bytes.duplicate());
        bytes.get(held, heldBytes, bytes.remaining());
        heldBytes = after;
    }

    /** Writes the buffer to the file. If the disk is full, the upload ends where the block before ended. */
    private FileChannel writeHeld() {
        var file = file();
        if (heldBytes > 0) {
            forced = false;
            var block = ByteBuffer.wrap(held, 0, heldBytes);
            heldBytes = 0;
            RunningHash complete = hash;
            hash = written.copy();
            while (block.hasRemaining()) {
                tried("write", () -> file.write(block, written.bytes() + block.position()));
            }
            hash = complete;
            written = hash.copy();
            writeback.grown(written.bytes());
        }
        return file;
    }

    /** Makes the file durable. If that fails, the upload is lost: the kernel reports the failure once, and counts the lost bytes as written afterwards. */
    private void settle(Writeback.Forcing rest) {
        lost = true;
        tried("make durable", () -> {
            writeback.settle();
            rest.force();
            return path;
        });
        lost = false;
    }

    /** Waits for a write-back that is under way, which would fail if the file were closed. */
    private void closeFile(FileChannel file) {
        writeback.await();
        tried("close", () -> {
            file.close();
            return path;
        });
    }

    private FileChannel file() {
        if (channel == null) {
            channel = tried(
                    "start", () -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        }
        return channel;
    }

    private <T> T tried(String what, Attempt<T> attempt) {
        return Attempt.named(() -> what + " upload " + id, attempt);
    }
}
