package dev.berth.registry.upstream.pull;

import dev.berth.registry.catalog.UploadWriter;
import dev.berth.registry.content.ByteSource;
import dev.berth.registry.remote.SingleFlight;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A blob that is being downloaded from an upstream into the store. Any number of clients read along from the upload's file, each at its own
 * pace. The last byte is held back until the digest is verified and the blob is stored, so no client receives a complete blob with wrong
 * bytes. For any thread.
 */
public final class BlobDownload implements SingleFlight.Flight, BlobTransfer.Listener {
    /**
     * The least time between two wake-ups of the readers. It grows with their number: waking a thousand readers for a few kilobytes costs
     * more than sending them.
     */
    private static final long WAKING_NANOS = 20_000_000;

    private static final long WAKING_NANOS_EACH = 250_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.ASKED;
    private OptionalLong size = OptionalLong.empty();
    private Optional<UpstreamFailure> failure = Optional.empty();
    private @Nullable ByteSource bytes;
    /** The bytes that readers know of. They move on together, so that they share the same pieces. */
    private long arrived;

    private long toldNanos;
    private int readers;
    private final SharedPieces pieces = new SharedPieces();
    private final Consumer<BlobDownload> work;
    private final Supplier<ByteSource> afterwards;

    /**
     * Waits to be run.
     *
     * @param work       downloads the blob, and ends with {@link #stored} or {@link #failed}
     * @param afterwards opens the stored blob, for clients that begin to read when it is complete
     */
    BlobDownload(Consumer<BlobDownload> work, Supplier<ByteSource> afterwards) {
        this.work = work;
        this.afterwards = afterwards;
    }

    @Override
    public void run() {
        work.accept(this);
    }

    @Override
    public boolean isOver() {
        lock.lock();
        try {
            return state == State.STORED || state == State.FAILED;
        } finally {
            lock.unlock();
        }
    }

    private enum State {
        ASKED,
        COMING,
        STORED,
        FAILED
    }

    /** Waits until the upstream has begun to send the blob or has failed. Empty when that takes longer than `limit`. */
    Optional<Start> start(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = limit.toNanos();
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

    /** What is known once the upstream has begun to answer. */
    sealed interface Start {
        record Coming(OptionalLong sizeBytes) implements Start {}

        record Stored() implements Start {}

        record Failed(UpstreamFailure why) implements Start {}
    }

    /** Waits for the end of the download. Returns the failure, if it failed. */
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

    /** Begins to read the blob, from any offset. The reading must be closed. */
    public Reading read() {
        lock.lock();
        try {
            readers++;
            return new Reading();
        } finally {
            lock.unlock();
        }
    }

    /** One client's reading of the blob. For one thread. */
    public final class Reading implements AutoCloseable {
        private boolean closed;

        private Reading() {}

        /**
         * Waits until there are bytes at `offset` and returns a piece of them.
         *
         * @return a piece to be closed once it is sent; empty when the download failed or the blob ends at `offset`
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

    @Override
    public void begins(OptionalLong sizeBytes) {
        change(() -> {
            state = State.COMING;
            size = sizeBytes;
        });
    }

    @Override
    public void wrote(int more, UploadWriter writer) {
        lock.lock();
        try {
            if (bytes == null) {
                bytes = writer.reader().orElse(null);
            }
            var now = System.nanoTime();
            if (bytes != null && now - toldNanos >= WAKING_NANOS + readers * WAKING_NANOS_EACH) {
                toldNanos = now;
                arrived = writer.readableBytes();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The whole blob is stored, and its digest is right. */
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
