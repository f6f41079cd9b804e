package dev.berth.registry.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends bytes as they arrive, from a virtual thread for each client that waits for its socket: one piece of each is in memory, however slow
 * the client and however large the blob.
 */
final class ArrivalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ArrivalWriter.class);
    private static final int PIECE_BYTES = 64 * 1024;

    private ArrivalWriter() {}

    /** Called on the event loop that has the response. The future fails when the bytes stop coming, or the client goes. */
    static Future<Void> write(HttpServerResponse response, Body.Arriving body) {
        response.putHeader("Content-Type", body.contentType())
                .putHeader("Content-Length", Long.toString(body.range().lengthBytes()));
        var sent = Promise.<Void>promise();
        Thread.ofVirtual().name("arrival").start(() -> {
            try {
                send(response, body);
                sent.complete();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                sent.fail(e);
            } catch (ExecutionException | RuntimeException e) {
                LOG.debug("what arrives can't be sent on: {}", e.toString());
                sent.fail(e);
            }
        });
        return sent.future();
    }

    private static void send(HttpServerResponse response, Body.Arriving body)
            throws InterruptedException, ExecutionException {
        var offset = body.range().first();
        var end = offset + body.range().lengthBytes();
        try (var reading = body.arrival().read()) {
            while (offset < end) {
                var piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, end - offset));
                var length = reading.next(piece, offset);
                if (length == 0) {
                    throw new IllegalStateException("the upstream's bytes ended before their end");
                }
                offset += length;
                await(response.write(BufferInternal.buffer(Unpooled.wrappedBuffer(piece.array(), 0, length))));
            }
        }
        await(response.end());
    }

    private static void await(Future<Void> step) throws InterruptedException, ExecutionException {
        step.toCompletionStage().toCompletableFuture().get();
    }
}
