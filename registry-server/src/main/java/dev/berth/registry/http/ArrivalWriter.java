package dev.berth.registry.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends bytes on as they arrive. Each client has a virtual thread that waits for its socket, and one piece in memory, however slow the client
 * and however large the blob. Clients at the same place of a blob share a piece.
 */
final class ArrivalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ArrivalWriter.class);

    private ArrivalWriter() {}

    /** Begins to send; the event loop of the response calls this. The future fails when the bytes stop coming or the client has gone. */
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
                LOG.debug("the arriving bytes can't be sent on: {}", e.toString());
                sent.fail(e);
            }
        });
        return sent.future();
    }

    private static void send(HttpServerResponse response, Body.Arriving body)
            throws InterruptedException, ExecutionException {
        var offset = body.range().first();
        var end = offset + body.range().lengthBytes();
        try (var reading = body.bytes().read()) {
            while (offset < end) {
                try (var piece = reading.next(offset)
                        .orElseThrow(() -> new IllegalStateException("the upstream's bytes ended before their end"))) {
                    var bytes = piece.bytes();
                    bytes.limit((int) Math.min(bytes.limit(), end - offset));
                    offset += bytes.remaining();
                    await(response.write(VertxInternals.buffer(Unpooled.wrappedBuffer(bytes))));
                }
            }
        }
        await(response.end());
    }

    private static void await(Future<Void> step) throws InterruptedException, ExecutionException {
        step.toCompletionStage().toCompletableFuture().get();
    }
}
