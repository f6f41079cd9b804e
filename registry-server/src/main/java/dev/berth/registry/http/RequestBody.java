package dev.berth.registry.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
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
     * The next piece, or empty at the end. It may be read until the next call.
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
        var all = new ByteArrayOutputStream();
        for (var bytes = next(); bytes.isPresent(); bytes = next()) {
            var piece = new byte[bytes.get().remaining()];
            if (all.size() + piece.length > limitBytes) {
                return Optional.empty();
            }
            bytes.get().get(piece);
            all.writeBytes(piece);
        }
        return Optional.of(all.toByteArray());
    }
}
