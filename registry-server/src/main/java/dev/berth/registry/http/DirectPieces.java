package dev.berth.registry.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Buffers outside the heap for the bytes of bodies. Those that were given back are used again. One that is never given back, because nobody reads
 * the body, is garbage like any object. For any thread.
 */
final class DirectPieces {
    private static final int KEPT = 128;

    private final int sizeBytes;
    private final BlockingQueue<ByteBuffer> kept = new ArrayBlockingQueue<>(KEPT);

    /** @param sizeBytes of each buffer */
    DirectPieces(int sizeBytes) {
        this.sizeBytes = sizeBytes;
    }

    /** A copy of the readable bytes, which are no more than a buffer holds. */
    Piece copyOf(ByteBuf bytes) {
        var memory = Optional.ofNullable(kept.poll()).orElseGet(() -> ByteBuffer.allocateDirect(sizeBytes));
        memory.clear().limit(bytes.readableBytes());
        bytes.getBytes(bytes.readerIndex(), memory);
        return new Piece(memory.flip());
    }

    /** Some bytes of a body. Vert.x takes this class as it is, where it copies the buffers of Netty's pools to the heap. */
    final class Piece extends UnpooledDirectByteBuf {
        private final ByteBuffer memory;

        private Piece(ByteBuffer memory) {
            super(UnpooledByteBufAllocator.DEFAULT, memory, memory.remaining());
            this.memory = memory;
        }

        /** Lets the memory be used again. Nobody may read this piece any more. */
        void giveBack() {
            var _ = kept.offer(memory);
        }
    }
}
