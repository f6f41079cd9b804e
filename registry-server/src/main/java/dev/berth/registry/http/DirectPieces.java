package dev.berth.registry.http;

import dev.berth.registry.memory.DirectBuffers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Pieces of bodies outside the heap. For any thread. */
final class DirectPieces {
    /** Of 16 KiB each: 8 MiB for a port. */
    private static final int MOST = 512;

    private final DirectBuffers buffers;

    /** @param sizeBytes of the longest piece */
    DirectPieces(int sizeBytes) {
        this.buffers = new DirectBuffers(sizeBytes, MOST);
    }

    /** A copy of the readable bytes, which are no more than the longest piece; none while all memory for pieces is in use. */
    Optional<Piece> copyOf(ByteBuf bytes) {
        return buffers.take().map(memory -> {
            memory.limit(bytes.readableBytes());
            bytes.getBytes(bytes.readerIndex(), memory);
            return new Piece(memory.flip());
        });
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
            buffers.giveBack(memory);
        }
    }
}
