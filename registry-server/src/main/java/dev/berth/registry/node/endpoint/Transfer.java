package dev.berth.registry.node.endpoint;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;

/**
 * Sends the body of a Registry's answer to the runtime. It reads no faster than the runtime does, so little of a body is in memory. When the
 * body stalls, it closes the connection to the runtime, which then asks the next host for the rest.
 */
final class Transfer {
    private static final int TICKS = 6;

    /** A short body may take this part of the time after which a long one is cut. A pull begins with two or three of them. */
    private static final int SHORT_PART = 3;

    private final Vertx vertx;
    private final HttpClientResponse from;
    private final HttpServerResponse to;
    private final PullLimits limits;
    private final Arrival arrival;
    private final Promise<Void> done = Promise.promise();
    private final long beginNanos = System.nanoTime();
    private long received;
    private boolean held;

    /** The body stalled or broke off. */
    static final class Cut extends IOException {
        Cut(String message) {
            super(message);
        }
    }

    /** The runtime hung up. */
    static final class Left extends IOException {
        Left() {
            super("the runtime hung up");
        }
    }

    /** @param from the paused answer, whose head has been passed on */
    Transfer(Vertx vertx, HttpClientResponse from, HttpServerResponse to, PullLimits limits) {
        this.vertx = vertx;
        this.from = from;
        this.to = to;
        this.limits = limits;
        this.arrival = new Arrival(TICKS, limits.leastBytes());
    }

    /** Starts, and returns at once. The future fails with {@link Cut} or {@link Left}. */
    Future<Void> start() {
        var timer = vertx.setPeriodic(Math.max(1, limits.stall().toMillis() / TICKS), _ -> tick());
        to.closeHandler(_ -> done.tryFail(new Left()));
        from.exceptionHandler(e -> done.tryFail(new Cut("the connection broke off: " + e.getMessage())));
        from.endHandler(_ -> done.tryComplete());
        from.handler(this::pass);
        from.resume();
        return done.future()
                .onComplete(_ -> vertx.cancelTimer(timer))
                .onSuccess(_ -> to.end())
                .onFailure(_ -> from.request().reset());
    }

    /** Whether a short body took so long that a pull with several of them would take too long in all. */
    boolean dripped() {
        return received < limits.leastBytes()
                && System.nanoTime() - beginNanos > limits.stall().toNanos() / SHORT_PART;
    }

    private void pass(Buffer piece) {
        received += piece.length();
        arrival.received(piece.length());
        to.write(piece);
        if (to.writeQueueFull()) {
            held = true;
            from.pause();
            to.drainHandler(_ -> {
                held = false;
                arrival.held();
                from.resume();
            });
        }
    }

    private void tick() {
        if (held) {
            arrival.held();
        } else if (arrival.tick()) {
            done.tryFail(new Cut("fewer than " + limits.leastBytes() + " bytes in "
                    + limits.stall().toMillis() + " ms"));
        }
    }
}
