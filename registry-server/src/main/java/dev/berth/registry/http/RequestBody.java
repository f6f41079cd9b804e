package dev.berth.registry.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;

/** The bytes that a client sends with its request. For one thread. */
public interface RequestBody {
    /** Of a request that has none. */
    RequestBody NONE = Optional::empty;

    /** The client went away, or sent less than it had announced. */
    final class Truncated extends RuntimeException {
        Truncated() {
            super("the connection ended in the middle of a body");
        }
    }

    /** The client sends its body too slowly. */
    final class TooSlow extends RuntimeException {
        TooSlow() {
            super("the body came too slowly");
        }
    }

    /**
     * The next piece, or empty at the end.
     *
     * @throws Truncated when the client goes away first
     * @throws TooSlow   when it keeps everybody waiting
     */
    Optional<ByteBuffer> next() throws InterruptedException;

    /** Hands everything to `consumer`, piece by piece. Throws {@link Truncated} after the pieces that came. */
    default void forEach(Consumer<ByteBuffer> consumer) throws InterruptedException {
        for (var bytes = next(); bytes.isPresent(); bytes = next()) {
            consumer.accept(bytes.get());
        }
    }

    /** The whole body, or empty when it is longer than `limitBytes`. It is held in memory, so the client has less time to send it. */
    default Optional<byte[]> readAll(int limitBytes) throws InterruptedException {
        var pieces = new ArrayList<ByteBuffer>();
        var length = 0;
        for (var bytes = next(); bytes.isPresent(); bytes = next()) {
            length += bytes.get().remaining();
            if (length > limitBytes) {
                return Optional.empty();
            }
            pieces.add(bytes.get());
        }
        var all = ByteBuffer.allocate(length);
        pieces.forEach(all::put);
        return Optional.of(all.array());
    }
}
