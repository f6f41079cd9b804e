package dev.berth.registry.upstream.mirror;

import dev.berth.registry.content.ByteSource;
import dev.berth.registry.upstream.client.UpstreamFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A blob on its way from an upstream into the store. Any number of readers follow the bytes in the file that they are written to, each at its
 * own pace. The last byte is held back until the digest was found right and the blob is stored: nobody is ever sent a whole wrong one. For
 * any thread.
 */
public final class BlobDownload {
    /** Readers are woken so often, and the less the more of them there are: waking a thousand for a few kilobytes would cost more than those. */
    private static final long WAKING_NANOS = 20_000_000;

    private static final long WAKING_NANOS_EACH = 250_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.ASKED;
    private OptionalLong size = OptionalLong.empty();
    private Optional<UpstreamFailure> failure = Optional.empty();
    private @Nullable ByteSource bytes;
    /** What readers were told of; they go on together, through the same pieces. */
    private long arrived;

    private long toldNanos;
    private int readers;
    private final SharedPieces pieces = new SharedPieces();
    private final Supplier<ByteSource> afterwards;

    /** @param afterwards opens the bytes again when they are stored, for who comes to read them late */
    BlobDownload(Supplier<ByteSource> afterwards) {
        this.afterwards = afterwards;
    }

    private enum State {
        ASKED,
        COMING,
        STORED,
        FAILED
    }

    /** Waits until it's known whether it comes. Empty when that takes too long. */
    Optional<Start> start(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = patience.toNanos();
            while (state == State.ASKED && left > 0) {
                left = changed.awaitNanos(left);
            }
            return switch (state) {
                case ASKED -> Optional.empty();
                case COMING -> Optional.of(new Start.Coming(size));
                case STORED -> Optional.of(new Start.Stored());
                case FAILED -> Optional.of(new Start.Failed(failure.orElseThrow()));
            };
        } finally {
            lock.unlock();
        }
    }

    /** What is known when the upstream has begun to answer. */
    sealed interface Start {
        record Coming(OptionalLong sizeBytes) implements Start {}

        record Stored() implements Start {}

        record Failed(UpstreamFailure why) implements Start {}
    }

    /** Waits for its end; the failure, if it is one. */
    Optional<UpstreamFailure> end() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (state == State.ASKED || state == State.COMING) {
                changed.await();
            }
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** Begins to read, from any place; to be closed. */
    public Reading read() {
        lock.lock();
        try {
            readers++;
            return new Reading();
        } finally {
            lock.unlock();
        }
    }

    /** One client's way through the bytes. For one thread. */
    public final class Reading implements AutoCloseable {
        private boolean closed;

        private Reading() {}

        /**
         * The bytes from `offset` on, as many as go together; waits for the first of them.
         *
         * @return to be closed when they are sent; empty when the blob failed, or ends there
         */
        public Optional<SharedPieces.Piece> next(long offset) throws InterruptedException {
            return await(offset).map(source -> pieces.take(source.bytes(), offset, source.end()));
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                left();
            }
        }
    }

    private record Source(ByteSource bytes, long end) {}

    private Optional<Source> await(long offset) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (state == State.FAILED) {
                    return Optional.empty();
                }
                if (state == State.STORED && bytes == null) {
                    bytes = afterwards.get();
                }
                var end = state == State.STORED ? arrived : arrived - 1;
                if (bytes != null && end > offset) {
                    return Optional.of(new Source(bytes, end));
                }
                if (state == State.STORED) {
                    return Optional.empty();
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void left() {
        lock.lock();
        try {
            readers--;
            closeIfUnused();
        } finally {
            lock.unlock();
        }
    }

    /** The upstream answers; it may have said how much there is. */
    void coming(OptionalLong sizeBytes) {
        change(() -> {
            state = State.COMING;
            size = sizeBytes;
        });
    }

    /** So much is there, to be read by `reader`. */
    void arrived(long total, ByteSource reader) {
        lock.lock();
        try {
            bytes = reader;
            var now = System.nanoTime();
            if (now - toldNanos >= WAKING_NANOS + readers * WAKING_NANOS_EACH) {
                toldNanos = now;
                arrived = total;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** All of it is there, and right. */
    void stored(long sizeBytes) {
        change(() -> {
            state = State.STORED;
            arrived = sizeBytes;
        });
    }

    void failed(UpstreamFailure why) {
        change(() -> {
            state = State.FAILED;
            failure = Optional.of(why);
        });
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
            closeIfUnused();
        } finally {
            lock.unlock();
        }
    }

    private void closeIfUnused() {
        if (readers == 0 && (state == State.STORED || state == State.FAILED) && bytes != null) {
            bytes.close();
            bytes = null;
        }
    }
}
