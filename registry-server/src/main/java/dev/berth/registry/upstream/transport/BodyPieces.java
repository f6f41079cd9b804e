package dev.berth.registry.upstream.transport;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, received piece by piece as one thread reads it. Only a few buffers are in memory, however large the body is, and a
 * sender that stops is noticed.
 */
public final class BodyPieces implements BodySubscriber<BodyPieces>, AutoCloseable {
    private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
    private final Deque<ByteBuffer> here = new ArrayDeque<>();
    private final Duration limit;
    private boolean ended;

    private sealed interface Part {
        record Bytes(List<ByteBuffer> buffers) implements Part {}

        record End() implements Part {}

        record Broken(Throwable why) implements Part {}
    }

    /** @param limit how long to wait for the next piece */
    BodyPieces(Duration limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<BodyPieces> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        if (!subscription.complete(newSubscription)) {
            newSubscription.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        parts.add(new Part.Bytes(buffers));
    }

    @Override
    public void onError(Throwable why) {
        parts.add(new Part.Broken(why));
    }

    @Override
    public void onComplete() {
        parts.add(new Part.End());
    }

    /** Where the pieces of a body come from. */
    @FunctionalInterface
    public interface Pieces {
        Optional<ByteBuffer> next() throws IOException, InterruptedException;
    }

    /** Reads a whole body that is known to be small. Empty when it is longer than `limitBytes`. */
    public static Optional<byte[]> readAll(Pieces pieces, int limitBytes) throws IOException, InterruptedException {
        var parts = new ArrayList<ByteBuffer>();
        var length = 0;
        for (var piece = pieces.next(); piece.isPresent(); piece = pieces.next()) {
            length += piece.get().remaining();
            if (length > limitBytes) {
                return Optional.empty();
            }
            parts.add(piece.get());
        }
        var all = ByteBuffer.allocate(length);
        parts.forEach(all::put);
        return Optional.of(all.array());
    }

    /** The next bytes; empty at the end. */
    public Optional<ByteBuffer> next() throws IOException, InterruptedException {
        while (here.isEmpty()) {
            if (ended) {
                return Optional.empty();
            }
            subscription.join().request(1);
            take(parts.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
        }
        return Optional.of(here.removeFirst());
    }

    private void take(@Nullable Part part) throws IOException {
        switch (part) {
            case null -> throw new HttpTimeoutException("nothing came for " + limit.toSeconds() + " s");
            case Part.Bytes(var buffers) -> here.addAll(buffers);
            case Part.End() -> ended = true;
            case Part.Broken(var why) -> throw new IOException(String.valueOf(why.getMessage()), why);
        }
    }

    /** Cancels the rest of the body. */
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            here.clear();
            var _ = subscription.thenAccept(Subscription::cancel);
        }
    }
}
