package dev.berth.registry.content;

import dev.berth.registry.hash.Hashing;
import dev.berth.registry.hash.RunningHash;
import dev.berth.registry.memory.DirectBuffers;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An upload in a file of its own. The file is made when there are more bytes than fit into the buffer, or when the upload must outlive its
 * request; a small blob in one request needs no file. Bytes are written in blocks, because a write that ends within a page costs the
 * kernel twice as much.
 */
final class FileUpload implements BlobUpload {
    /** A power of two. Larger blocks save no measurable time. */
    private static final int BLOCK_BYTES = 64 * 1024;
    /** Blocks outside the heap, for all uploads of a store together: 8 MiB. Further uploads have theirs on the heap. */
    private static final int MOST_DIRECT_BLOCKS = 128;

    private static final int SMALLEST_BYTES = 4 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final UploadId id;
    private final Path path;
    private final Tools tools;
    private final RunningHash asOpened;
    /** The hash of what was written to the file. */
    private RunningHash hash;

    /** The next bytes of the file, from index 0 to the position. The buffer never goes beyond the end of a block. */
    private ByteBuffer held = NOTHING;

    private @Nullable FileChannel channel;
    private final Writeback writeback = new Writeback(() -> file().force(false));
    private boolean forced;
    private boolean lost;
    private boolean over;
    /** Whether the file may be a blob under its second name. */
    private boolean published;

    /** The objects that all uploads of one store use together. */
    record Tools(BlobFolder blobs, RunningHashes hashes, SavedHash saved, Hashing hashing, DirectBuffers blocks) {}

    /** Memory for the blocks of all uploads of a store, from which they are hashed and written without a copy. */
    static DirectBuffers blocks() {
        return new DirectBuffers(BLOCK_BYTES, MOST_DIRECT_BLOCKS);
    }

    private FileUpload(UploadId id, Path path, RunningHash hash, Tools tools) {
        this.id = id;
        this.path = path;
        this.tools = tools;
        this.asOpened = hash;
        this.hash = hash.copy();
    }

    /** Makes a new upload, without a file yet. */
    static FileUpload create(UploadId id, Path path, Algorithm algorithm, Tools tools) {
        return new FileUpload(id, path, tools.hashing().begin(algorithm), tools);
    }

    /** Opens the file of an upload and cuts off what is not part of `hash`. */
    static FileUpload resume(UploadId id, Path path, RunningHash hash, Tools tools) throws IOException {
        var upload = new FileUpload(id, path, hash, tools);
        upload.channel = FileChannel.open(path, StandardOpenOption.WRITE);
        if (upload.channel.size() > hash.bytes()) {
            tools.saved().drop(path); // it may be of bytes that are cut off, in whose place others will come
            upload.channel.truncate(hash.bytes());
        }
        return upload;
    }

    @Override
    public UploadId id() {
        return id;
    }

    @Override
    public long offsetBytes() {
        return hash.bytes() + held.position();
    }

    @Override
    public void write(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            var block = block();
            int length = Math.min(block.remaining(), bytes.remaining());
            block.put(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
            if (endsABlock()) {
                writeHeld();
            }
        }
    }

    @Override
    public void rollBack() {
        hash = asOpened.copy();
        dropHeld();
        if (channel != null) {
            FileChannel file = channel;
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
        if (channel != null) {
            writeHeld();
        }
        if (algorithm != hash.algorithm()) {
            return channel == null ? algorithm.digestOf(bytes()) : digestOfFile(algorithm);
        }
        var all = hash;
        if (held.position() > 0) {
            all = hash.copy();
            all.update(held.duplicate().flip());
        }
        return all.digest();
    }

    private Digest digestOfFile(Algorithm algorithm) {
        return tried(
                "read",
                () -> FileHash.of(path, tools.hashing().begin(algorithm), offsetBytes())
                        .digest());
    }

    @Override
    public byte[] bytes() {
        if (channel == null) {
            var all = new byte[held.position()];
            held.get(0, all);
            return all;
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
        return channel == null ? 0 : hash.bytes();
    }

    @Override
    public boolean publish(Digest digest) {
        force();
        if (asOpened.bytes() >= SavedHash.LEAST_BYTES) {
            tools.saved().drop(path);
        }
        published = true;
        return tried("publish", () -> tools.blobs().place(path, digest));
    }

    @Override
    public void discard() {
        end();
        tools.hashes().drop(id);
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
            boolean saves = !published && hash.bytes() >= SavedHash.LEAST_BYTES;
            settle(saves ? () -> file.force(false) : () -> {}); // or the hash could be durable before the bytes are
            tools.hashes().keep(id, hash);
            if (saves) {
                tools.saved().save(path, hash);
            }
        } finally {
            if (lost) {
                discard();
            } else {
                end();
                closeFile(file);
            }
        }
    }

    private void end() {
        over = true;
        dropHeld();
    }

    /** The buffer for the next bytes, which has space for some. It is small until it is known that the upload is not. */
    private ByteBuffer block() {
        if (!held.hasRemaining()) {
            var larger = held.capacity() == 0 && !isLarge() ? ByteBuffer.allocate(SMALLEST_BYTES) : larger();
            held = larger.put(held.flip());
            int used = (int) (hash.bytes() % BLOCK_BYTES);
            held.limit(Math.min(held.capacity(), BLOCK_BYTES - used));
        }
        return held;
    }

    private boolean isLarge() {
        return hash.bytes() - asOpened.bytes() >= BLOCK_BYTES;
    }

    private ByteBuffer larger() {
        return tools.blocks()
                .take()
                .orElseGet(() -> ByteBuffer.allocate(Math.clamp(2L * held.capacity(), SMALLEST_BYTES, BLOCK_BYTES)));
    }

    private boolean endsABlock() {
        return (hash.bytes() + held.position()) % BLOCK_BYTES == 0;
    }

    private void dropHeld() {
        if (held.isDirect()) {
            tools.blocks().giveBack(held);
        }
        held = NOTHING;
    }

    /** Writes the buffer to the file. If the disk is full, the upload ends where the block before ended. */
    private FileChannel writeHeld() {
        var file = file();
        if (held.position() > 0) {
            forced = false;
            try {
                var block = held.flip();
                while (block.hasRemaining()) {
                    tried("write", () -> file.write(block, hash.bytes() + block.position()));
                }
                hash.update(block.rewind());
            } finally {
                dropHeld();
            }
            writeback.grown(hash.bytes());
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
