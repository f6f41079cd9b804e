package dev.berth.registry.upstream.mirror;

import dev.berth.registry.content.ByteSource;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The pieces of a blob that are being sent. A thousand clients that wait for the same bytes are sent them from the same memory, which is
 * outside the heap, where sockets take it from. For any thread.
 */
public final class SharedPieces {
    private static final int LONG_BYTES = 256 * 1024;
    /** With more places than this at a time come short pieces: clients are held up by their own lines, and share few of them. */
    private static final int MOST_LONG = 64;

    private static final int SHORT_BYTES = LONG_BYTES / 16;
    /** Kept when nobody sends them any more, for who is a little behind. */
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

    /** Bytes of the blob, in use until closed. Every reader has its own view of them. */
    public final class Piece implements AutoCloseable {
        private final Place place;
        private final ByteBuffer bytes;
        private int users;

        private Piece(Place place, ByteBuffer bytes) {
            this.place = place;
            this.bytes = bytes;
        }

        /** From the first to the last of them; only to be read. */
        public ByteBuffer bytes() {
            return bytes.duplicate();
        }

        /** Once for each time that it was taken. */
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

    /** Bytes from `offset` on: to `end`, if that isn't too far. */
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
                throw new IllegalStateException("a blob on its way is shorter than it was");
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
