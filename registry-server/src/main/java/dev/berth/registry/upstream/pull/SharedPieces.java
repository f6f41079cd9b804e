package dev.berth.registry.upstream.pull;

import dev.berth.registry.content.ByteSource;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The pieces of a blob that are being sent to clients. A thousand clients that wait for the same bytes receive them from the same memory.
 * It is outside the heap, where sockets send from. For any thread.
 */
public final class SharedPieces {
    private static final int LONG_BYTES = 256 * 1024;
    /**
     * When more pieces than this are in use, the next ones are short: then clients are limited by their own connections and share few
     * pieces.
     */
    private static final int MOST_LONG = 64;

    private static final int SHORT_BYTES = LONG_BYTES / 16;
    /** The number of unused pieces that are kept for clients that are a little behind. */
    private static final int MOST_IDLE = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Place, Piece> sent = new HashMap<>();
    private final LinkedHashMap<Place, Piece> idle = new LinkedHashMap<>();
    private final Deque<ByteBuffer> free = new ArrayDeque<>();

    private record Place(long offset, int length) {
        Place start() {
            return new Place(offset, SHORT_BYTES);
        }
    }

    /** A piece of the blob, in use until it is closed. Every reader has a view of its own. */
    public final class Piece implements AutoCloseable {
        private final Place place;
        private final ByteBuffer bytes;
        private int users;

        private Piece(Place place, ByteBuffer bytes) {
            this.place = place;
            this.bytes = bytes;
        }

        /** All bytes of the piece; only to be read. */
        public ByteBuffer bytes() {
            return bytes.duplicate();
        }

        /** To be called once for each {@link #take}. */
        @Override
        public void close() {
            lock.lock();
            try {
                users--;
                if (users == 0) {
                    sent.remove(place);
                    rest(this);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Takes a piece that begins at `offset` and ends at `end` at the latest. */
    Piece take(ByteSource source, long offset, long end) {
        lock.lock();
        try {
            var piece = piece(source, new Place(offset, (int) Math.min(LONG_BYTES, end - offset)));
            sent.put(piece.place, piece);
            piece.users++;
            return piece;
        } finally {
            lock.unlock();
        }
    }

    private Piece piece(ByteSource source, Place place) {
        var here = sent.containsKey(place) ? sent.get(place) : idle.remove(place);
        if (here != null) {
            return here;
        }
        return place.length() > SHORT_BYTES && sent.size() >= MOST_LONG
                ? piece(source, place.start())
                : new Piece(place, read(source, place));
    }

    private ByteBuffer read(ByteSource source, Place place) {
        var buffer = buffer(place.length()).clear().limit(place.length());
        while (buffer.hasRemaining()) {
            if (source.read(buffer, place.offset() + buffer.position()) == 0) {
                throw new IllegalStateException("the file of a download has become shorter");
            }
        }
        return buffer.flip();
    }

    private ByteBuffer buffer(int length) {
        if (length <= SHORT_BYTES) {
            return ByteBuffer.allocate(length);
        }
        return free.isEmpty() ? ByteBuffer.allocateDirect(LONG_BYTES) : free.pop();
    }

    private void rest(Piece piece) {
        idle.put(piece.place, piece);
        if (idle.size() > MOST_IDLE) {
            var bytes = idle.pollFirstEntry().getValue().bytes;
            if (bytes.isDirect()) {
                free.push(bytes);
            }
        }
    }
}
