package dev.berth.registry.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The bytes that a client sends, read by one virtual thread while the event loop receives them. Only a handful of buffers is ever here: the
 * connection is not read further until they are used, so a slow disk slows the sender and the heap doesn't grow with the upload.
 */
final class StreamedBody implements RequestBody {
    private static final int BUFFERS = 8;
    /** The event loop is asked for more in twos and threes: waking it for each buffer would cost more than the buffer. */
    private static final int REFILL = BUFFERS / 2;

    private final HttpServerRequest request;
    private final Context eventLoop;
    private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private BodyPace pace = BodyPace.steady();
    private boolean started;
    private boolean ended;
    private int used;

    private sealed interface Part {
        record Bytes(Buffer buffer) implements Part {}

        record End() implements Part {}

        record Broken() implements Part {}
    }

    private StreamedBody(HttpServerRequest request, Context eventLoop) {
        this.request = request;
        this.eventLoop = eventLoop;
    }

    /** Called on the event loop, before any byte of the body can be missed. */
    static StreamedBody of(HttpServerRequest request, Context eventLoop) {
        var body = new StreamedBody(request, eventLoop);
        request.handler(buffer -> body.parts.add(new Part.Bytes(buffer)));
        request.endHandler(_ -> body.parts.add(new Part.End()));
        request.exceptionHandler(_ -> body.parts.add(new Part.Broken()));
        request.pause();
        return body;
    }

    @Override
    public Optional<byte[]> readAll(int limitBytes) throws InterruptedException {
        pace = BodyPace.soon();
        return RequestBody.super.readAll(limitBytes);
    }

    @Override
    public Optional<ByteBuffer> next() throws InterruptedException {
        if (ended) {
            return Optional.empty();
        }
        start();
        return switch (awaited()) {
            case Part.Bytes(var buffer) -> {
                pace.received(buffer.length());
                refill();
                yield Optional.of(((BufferInternal) buffer).getByteBuf().nioBuffer());
            }
            case Part.End() -> {
                ended = true;
                yield Optional.empty();
            }
            case Part.Broken() -> throw new Truncated();
        };
    }

    private Part awaited() throws InterruptedException {
        var here = parts.poll();
        if (here != null) {
            return here;
        }
        var from = System.nanoTime();
        var part = parts.poll(pace.patience().toNanos(), TimeUnit.NANOSECONDS);
        if (part == null) {
            throw new TooSlow();
        }
        pace.waited(Duration.ofNanos(System.nanoTime() - from));
        return part;
    }

    /** The client is told to go on only now that somebody wants its bytes (RFC 9110, "Expect"). */
    private void start() {
        if (!started) {
            started = true;
            if (request.headers().contains("Expect", "100-continue", true)) {
                request.response().writeContinue();
            }
            fetch(BUFFERS);
        }
    }

    private void refill() {
        used++;
        if (used == REFILL) {
            used = 0;
            fetch(REFILL);
        }
    }

    /** On the event loop, where nothing can end the request between the question and the fetch. */
    private void fetch(int buffers) {
        eventLoop.runOnContext(_ -> {
            if (!request.isEnded()) {
                request.fetch(buffers);
            }
        });
    }
}
