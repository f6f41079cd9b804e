package dev.berth.registry.content;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Buffers outside the heap, from which files are written and hashes are computed without a copy. A few are kept for the next upload. One that is
 * never given back is garbage like any object. For any thread.
 */
final class WriteBlocks {
    /** A power of two. Larger blocks save no measurable time. */
    static final int BLOCK_BYTES = 64 * 1024;

    private static final int KEPT = 32;

    private final BlockingQueue<ByteBuffer> kept = new ArrayBlockingQueue<>(KEPT);

    /** An empty buffer of {@link #BLOCK_BYTES}. */
    ByteBuffer take() {
        return Optional.ofNullable(kept.poll()).orElseGet(() -> ByteBuffer.allocateDirect(BLOCK_BYTES));
    }

    /** Takes a buffer back, which nobody may use any more. */
    void giveBack(ByteBuffer block) {
        var _ = kept.offer(block.clear());
    }
}
