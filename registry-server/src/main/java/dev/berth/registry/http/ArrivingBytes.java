package dev.berth.registry.http;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Bytes that this server still receives from elsewhere while it sends them on. For any thread. */
public interface ArrivingBytes {
    /** Begins to read them for one client. */
    Reading read();

    /** One client's way through the bytes. For one thread. */
    interface Reading extends AutoCloseable {
        /**
         * Waits for the bytes from `offset` on, and takes as many as arrive together.
         *
         * @return to be closed when they are sent; empty when they end there, or no more will come
         */
        Optional<Piece> next(long offset) throws InterruptedException;

        @Override
        void close();
    }

    /** Some of the bytes, in use until closed. */
    interface Piece extends AutoCloseable {
        /** A view for one reader, from the first to the last of them. */
        ByteBuffer bytes();

        @Override
        void close();
    }
}
