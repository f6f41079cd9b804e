package dev.berth.registry.engine;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer as they come. Vert.x receives the next piece only once it is asked for, so that memory is bounded however much an
 * engine sends. One thread reads.
 */
final class AnswerBytes extends InputStream {
    private final HttpClientResponse response;
    private final Duration limit;
    private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private Buffer here = Buffer.buffer();
    private int position;
    private boolean ended;

    private sealed interface Part {
        record Bytes(Buffer buffer) implements Part {}

        record End() implements Part {}

        record Broken(Throwable why) implements Part {}
    }

    /**
     * Called on the event loop, before the first piece.
     *
     * @param limit how long to wait for the next piece
     */
    AnswerBytes(HttpClientResponse response, Duration limit) {
        this.response = response;
        this.limit = limit;
        response.pause();
        response.exceptionHandler(why -> parts.add(new Part.Broken(why)));
        response.handler(buffer -> parts.add(new Part.Bytes(buffer)));
        response.endHandler(_ -> parts.add(new Part.End()));
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        while (position == here.length()) {
            if (ended) {
                return -1;
            }
            response.fetch(1);
            take(next());
        }
        var count = Math.min(length, here.length() - position);
        here.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    private @Nullable Part next() throws IOException {
        try {
            return parts.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private void take(@Nullable Part part) throws IOException {
        switch (part) {
            case null -> throw new IOException("nothing came for " + limit.toSeconds() + " s");
            case Part.Bytes(var buffer) -> {
                here = buffer;
                position = 0;
            }
            case Part.End() -> ended = true;
            case Part.Broken(var why) -> {
                ended = true;
                throw new IOException(String.valueOf(why.getMessage()), why);
            }
        }
    }

    /** Closes the connection unless the answer is read to its end. */
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            here = Buffer.buffer();
            position = 0;
            var _ = response.request().reset();
        }
    }
}
