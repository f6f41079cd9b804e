package dev.berth.registry.upstream.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Optional;

/** Bodies that are read whole, since they are known to be small. */
final class Bodies {
    private Bodies() {}

    /** Where pieces come from. */
    @FunctionalInterface
    interface Pieces {
        Optional<ByteBuffer> next() throws IOException, InterruptedException;
    }

    /** All of it; empty when it's longer than `limitBytes`. */
    static Optional<byte[]> readAll(Pieces pieces, int limitBytes) throws IOException, InterruptedException {
        var parts = new ArrayList<ByteBuffer>();
        var length = 0;
        for (var piece = pieces.next(); piece.isPresent(); piece = pieces.next()) {
            length += piece.get().remaining();
            if (length > limitBytes) {
                return Optional.empty();
            }
            parts.add(piece.get());
        }
        var all = ByteBuffer.allocate(length);
        parts.forEach(all::put);
        return Optional.of(all.array());
    }
}
