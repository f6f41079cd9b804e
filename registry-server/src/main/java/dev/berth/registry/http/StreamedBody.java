package dev.berth.registry.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The bytes that a client sends, read by one virtual thread while the event loop receives them. The connection is not read further while a
 * few buffers wait, so a slow disk slows the client down and the heap does not grow with the upload.
 */
final class StreamedBody implements RequestBody {
    private static final int BUFFERS = 8;
    /** The reader asks the event loop for this many buffers at once: to ask for each would cost more than the buffer. */
    private static final int REFILL = BUFFERS / 2;

    private static final long NOT_WAITING = Long.MAX_VALUE;
    private static final long LOOK_MILLIS = 1000;

    private final HttpServerRequest request;
    private final Context eventLoop;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    /** The buffers of this turn of the event loop, handed over together: to wake the reader for each would cost more than the buffer. */
    private List<Buffer> arriving = new ArrayList<>();

    private final Deque<Buffer> arrived = new ArrayDeque<>();
    private Optional<DirectPieces.Piece> inUse = Optional.empty();
    private BodyPace pace = BodyPace.steady();
    /** When the reader stops waiting, in the nanoseconds of this process. */
    private volatile long deadlineNanos = NOT_WAITING;
    /** Of the timer that looks at the deadline. Only the event loop uses it. */
    private OptionalLong timer = OptionalLong.empty();
    /** Whether nobody waits any more. Only the event loop uses it. */
    private boolean over;

    private boolean started;
    private boolean ended;
    private int used;

    private sealed interface Part {
        record Bytes(List<Buffer> buffers) implements Part {}

        record End() implements Part {}

        record Broken() implements Part {}

        record Late() implements Part {}
    }

    private StreamedBody(HttpServerRequest request, Context eventLoop) {
        this.request = request;
        this.eventLoop = eventLoop;
    }

    /** Begins to receive. The event loop calls this at once when a request comes, so that no byte is missed. */
    static StreamedBody of(HttpServerRequest request, Context eventLoop) {
        var body = new StreamedBody(request, eventLoop);
        request.handler(body::arrives);
        request.endHandler(_ -> body.ends(new Part.End()));
        request.exceptionHandler(_ -> body.ends(new Part.Broken()));
        request.pause();
        return body;
    }

    private void arrives(Buffer buffer) {
        if (arriving.isEmpty()) {
            eventLoop.runOnContext(_ -> handOver()); // once all that the socket has now is read
        }
        arriving.add(buffer);
    }

    private void handOver() {
        if (!arriving.isEmpty()) {
            parts.add(new Part.Bytes(arriving));
            arriving = new ArrayList<>();
        }
    }

    private void ends(Part part) {
        handOver();
        parts.add(part);
        stop();
    }

    /** Drops what has arrived, because nobody reads the rest. The event loop calls this when the reader has ended. */
    void drop() {
        stop();
        inUse.ifPresent(DirectPieces.Piece::giveBack);
        inUse = Optional.empty();
        arrived.forEach(StreamedBody::drop);
        arrived.clear();
        arriving.forEach(StreamedBody::drop);
        arriving.clear();
        for (var part = parts.poll(); part != null; part = parts.poll()) {
            if (part instanceof Part.Bytes(var buffers)) {
                buffers.forEach(StreamedBody::drop);
            }
        }
    }

    /** Drops a buffer that nobody reads. */
    static void drop(Buffer buffer) {
        VertxInternals.piece(buffer).ifPresent(DirectPieces.Piece::giveBack);
    }

    /** Stops watching the client, because the body has ended or is dropped. */
    private void stop() {
        over = true;
        timer.ifPresent(eventLoop.owner()::cancelTimer);
        timer = OptionalLong.empty();
    }

    @Override
    public Optional<byte[]> readAll(int limitBytes) throws InterruptedException {
        pace = BodyPace.soon();
        return RequestBody.super.readAll(limitBytes);
    }

    @Override
    public Optional<ByteBuffer> next() throws InterruptedException {
        inUse.ifPresent(DirectPieces.Piece::giveBack);
        inUse = Optional.empty();
        if (ended) {
            return Optional.empty();
        }
        start();
        if (arrived.isEmpty()) {
            switch (awaited()) {
                case Part.Bytes(var buffers) -> arrived.addAll(buffers);
                case Part.End() -> ended = true;
                case Part.Broken() -> {
                    ended = true;
                    throw new Truncated();
                }
                case Part.Late() -> {
                    ended = true;
                    throw new TooSlow();
                }
            }
        }
        return Optional.ofNullable(arrived.poll()).map(this::use);
    }

    private ByteBuffer use(Buffer buffer) {
        pace.received(buffer.length());
        refill();
        inUse = VertxInternals.piece(buffer);
        return VertxInternals.bytes(buffer).nioBuffer();
    }

    private Part awaited() throws InterruptedException {
        var here = parts.poll();
        if (here != null) {
            return here;
        }
        var from = System.nanoTime();
        deadlineNanos = from + pace.patience().toNanos();
        var part = parts.take();
        deadlineNanos = NOT_WAITING;
        pace.waited(Duration.ofNanos(System.nanoTime() - from));
        return part;
    }

    /**
     * Ends a wait that takes too long. One timer for the whole body is cheaper than a limit for each wait. What has arrived is not late, even if
     * the reader has not woken up yet.
     */
    private void look() {
        if (parts.isEmpty() && System.nanoTime() > deadlineNanos) {
            parts.add(new Part.Late());
        }
    }

    /** Tells a client that asked for it to send its body (RFC 9110, "Expect"), and receives the first buffers. */
    private void start() {
        if (!started) {
            started = true;
            if (request.headers().contains("Expect", "100-continue", true)) {
                request.response().writeContinue();
            }
            eventLoop.runOnContext(_ -> {
                if (!over && !request.isEnded()) {
                    timer = OptionalLong.of(eventLoop.owner().setPeriodic(LOOK_MILLIS, _ -> look()));
                    request.fetch(BUFFERS);
                }
            });
        }
    }

    private void refill() {
        used++;
        if (used == REFILL) {
            used = 0;
            fetch(REFILL);
        }
    }

    /** Runs on the event loop, where the request cannot end between the check and the fetch. */
    private void fetch(int buffers) {
        eventLoop.runOnContext(_ -> {
            if (!request.isEnded()) {
                request.fetch(buffers);
            }
        });
    }
}
