package dev.berth.registry.upstream.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
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
 * An answer's body, asked for piece by piece by the one thread that reads it: a few buffers are held whatever the body's size, and a sender
 * that stops is noticed.
 */
final class BodyPieces implements BodySubscriber<BodyPieces>, AutoCloseable {
    private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
    private final Deque<ByteBuffer> here = new ArrayDeque<>();
    private final Duration patience;
    private boolean ended;

    private sealed interface Part {
        record Bytes(List<ByteBuffer> buffers) implements Part {}

        record End() implements Part {}

        record Broken(Throwable why) implements Part {}
    }

    /** @param patience for the next piece */
    BodyPieces(Duration patience) {
        this.patience = patience;
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

    /** The next bytes; empty at the end. */
    Optional<ByteBuffer> next() throws IOException, InterruptedException {
        while (here.isEmpty()) {
            if (ended) {
                return Optional.empty();
            }
            subscription.join().request(1);
            take(parts.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        }
        return Optional.of(here.removeFirst());
    }

    private void take(@Nullable Part part) throws IOException {
        switch (part) {
            case null -> throw new HttpTimeoutException("nothing came for " + patience.toSeconds() + " s");
            case Part.Bytes(var buffers) -> here.addAll(buffers);
            case Part.End() -> ended = true;
            case Part.Broken(var why) -> throw new IOException(String.valueOf(why.getMessage()), why);
        }
    }

    /** Lets go of what hasn't come. */
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            here.clear();
            var _ = subscription.thenAccept(Subscription::cancel);
        }
    }
}
